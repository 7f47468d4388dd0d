import { allowPrivateNetworks } from '../../../activities/platform/guarded-fetch.ts';
import { startCompanyService, type CompanyStub } from '../../stubs/company-register.ts';
import { startServiceStub, type ServiceStub } from '../../stubs/message-services.ts';
import { startSmtpStub, type SmtpStub } from '../../stubs/smtp-server.ts';
import { until, type App } from '../app.ts';
import type { Answer, Client } from '../client.ts';
import { newAccount, newContact, newTask, withAccountTypes } from '../crm.fixture.ts';
import { withSource } from '../crm/enrichment.fixture.ts';
import { inDatabase } from '../in-database.ts';
import { newPov } from '../pov.fixture.ts';

/** What the processes of a product tell others, each of which can be told to say nothing good. */
export interface Outside {
  env: Record<string, string>;
  smtp: SmtpStub;
  service: ServiceStub;
  companies: CompanyStub;
  /** Nobody takes anything. */
  fails(): void;
  works(): void;
  stop(): Promise<void>;
}
export async function startOutside(): Promise<Outside> {
  const [smtp, service, companies] = await Promise.all([startSmtpStub(), startServiceStub(), startCompanyService()]);
  allowPrivateNetworks(true);
  const env = { SMTP_URL: smtp.url, MAIL_FROM: 'no-reply@example.com', PRIVATE_NETWORKS: 'allow' };
  const works = (): void => {
    smtp.mood = 'fine';
    service.moods.length = companies.moods.length = 0;
  };
  return {
    env, smtp, service, companies, works,
    fails: () => {
      smtp.mood = 'down';
      service.moods.push(...Array.from({ length: 99 }, () => 'down' as const));
      companies.moods.push(...Array.from({ length: 99 }, () => 'busy' as const));
    },
    stop: async () => {
      allowPrivateNetworks(false);
      await Promise.all([smtp.stop(), service.stop(), companies.stop()]);
    },
  };
}

export interface Round {
  n: number;
  /** Gets the mail and the digest of this round. */
  user: Client;
  username: string;
}
/** How one of a type is begun. */
export type Makers = Record<string, (round: Round) => Promise<unknown>>;
export interface EveryProcess {
  /** Wait for people or dates, until something happens. */
  waiting: Makers;
  /** Speak to somebody outside until it is heard. */
  telling: Makers;
  /** Come to an end by themselves, if they are let. */
  passing: Makers;
}

async function done(asked: Promise<Answer<object>>): Promise<void> {
  const { status, body } = await asked;
  if (status >= 300) throw new Error(`Not begun: ${status} ${JSON.stringify(body)}`);
}

/** Ways to begin one of every process but `povLifecycle` and `approval`, which a story of its own begins. */
export async function everyProcess(app: App, outside: Outside): Promise<EveryProcess> {
  const [admin, manager] = await Promise.all([app.as('admin'), app.as('manager')]);
  await withAccountTypes(app.tenant.id);
  await withSource(admin, outside.companies);
  await newContact(manager);
  const hook = { url: `${outside.service.url}/hook`, events: ['crm.contact.created'] };
  await done(admin.post('/api/webhooks', hook));
  const started = (type: string, body: object) => () => done(admin.post(`/api/processes/${type}`, body));
  return {
    waiting: {
      launch: async () => done(manager.post(`/api/povs/${(await newPov(manager)).id}/launch`)),
      taskReminder: () => newTask(manager, { dueDate: '2027-06-01T09:00:00.000Z' }),
      notificationDigest: ({ user }) => done(user.put('/api/digest-preferences', { every: 'daily' })),
    },
    telling: {
      sendMail: ({ username }) =>
        done(app.anonymous.post('/api/auth/password/reset-requests', { username, tenant: app.tenant.slug })),
      enrichment: async ({ n }) => {
        const domain = `acme${n}.com`;
        outside.companies.companies.set(domain, { industry: 'Dairy' });
        const { id } = await newAccount(manager, { websiteUrl: `https://${domain}` });
        await done(manager.post(`/api/accounts/${id}/enrich`));
      },
      webhookDelivery: ({ n }) => newContact(manager, { lastName: `Doe the ${n}th` }),
    },
    passing: {
      duplicateScan: started('duplicateScan', {}),
      leadScoring: started('leadScoring', {}),
      job: started('job', { record: 'account', format: 'csv' }),
      clockAdvance: started('clockAdvance', { by: 60 }),
    },
  };
}

export interface Begun {
  workflowId: string;
  entityId: string;
  type: string;
}
/** The processes that were begun since those. */
export async function begunSince(app: App, before: readonly Begun[]): Promise<Begun[]> {
  const all = await inDatabase<Begun>(
    app, `select workflow_id as "workflowId", entity_id as "entityId", type from process order by workflow_id`,
  );
  return all.filter(b => !before.some(({ workflowId }) => workflowId === b.workflowId));
}

/** What was recorded of each of these, by name and how often. */
export async function recordedOf(app: App, begun: readonly Begun[]): Promise<Record<string, string[]>> {
  const rows = await inDatabase<{ id: string; what: string }>(
    app,
    `select entity_id as id, name || ' ×' || count(*) as what from outbox_event where entity_id = any($1)
     group by entity_id, name order by 1, 2`,
    [begun.map(b => b.entityId)],
  );
  return Object.fromEntries(
    begun.map(({ workflowId, entityId }) => [workflowId, rows.filter(r => r.id === entityId).map(r => r.what)]),
  );
}

/** Everything that went out went out once: each mail, and each message to a webhook. */
export async function wentOut(app: App, { smtp, service }: Outside): Promise<Record<string, number>> {
  const [queued] = await inDatabase<{ mails: number; messages: number }>(
    app,
    `select (select count(*)::int from mail) as mails, (select count(*)::int from webhook_message) as messages`,
  );
  await until('all was told', async () => {
    const [open] = await inDatabase<{ n: number }>(
      app,
      `select (select count(*) from mail where status <> 'sent')
        + (select count(*) from webhook_message where status <> 'delivered') as n`,
    );
    return Number(open!.n) === 0;
  });
  return {
    ...queued!,
    ...{ mailed: smtp.mails.length, told: service.taken.length },
    toldApart: new Set(service.taken.map(t => t.headers['webhook-id'])).size,
  };
}
