import type { AnyEndpoint } from '../../domain/platform/contract.ts';
import { tablePages } from '../../domain/platform/table/table-preference.ts';
import type { App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { newFile } from '../kit/file/files.fixture.ts';
import { newContact } from '../kit/crm.fixture.ts';
import { inDatabase } from '../kit/in-database.ts';
import { fiftyDays, join, newTemplate, phasesOf } from '../kit/pov.fixture.ts';

/** One existing record of each kind, by the beginning of the paths that name it, or by the name of the parameter. */
export type RealRecords = Record<string, string>;

let nth = 0, sent = 0;

interface Wanted {
  member?: string;
  only?: RegExp;
  /** Each is sent once more with its key; whether the answer was the same is told here. */
  again?: { path: string; same: boolean }[];
}

/**
 * Made through the API: what is the owner's by the owner, the rest by an administrator; `member` is in the team. With
 * `only`, those that are made at such paths; the others are not there.
 */
export async function realRecords(
  app: App,
  admin: Client,
  owner: Client,
  { member = app.tenant.users.sales4, only = /^/, again }: Wanted = {},
): Promise<RealRecords> {
  const n = `${(nth += 1)}-${app.tenant.id.slice(0, 8)}`;
  const made = async (by: Client, path: string, body: object = {}): Promise<string> => {
    if (!only.test(path)) return app.tenant.id;
    const key = { 'Idempotency-Key': `${path}#${(sent += 1)}` };
    const send = () => by.post<{ id?: string; data?: { id: string } }>(path, body, key);
    const answer = await send();
    const id = answer.body.id ?? answer.body.data?.id;
    if (answer.status > 202 || !id) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    if (again) {
      const { status, body: repeated } = await send();
      again.push({ path, same: status === answer.status && (repeated.id ?? repeated.data?.id) === id });
    }
    return id;
  };
  const accountTypeId = await made(admin, '/api/account-types', { name: `Kept ${n}` });
  const stage = { name: `Stage ${n}`, key: `stage_${n.replace('-', '_')}` };
  const opportunityStageId = await made(admin, '/api/opportunity-stages', stage);
  const accountId = await made(owner, '/api/accounts', { accountName: `Party ${n}`, accountTypeId });
  const opportunityId = await made(owner, '/api/opportunities', { name: `O ${n}`, stage: stage.key });
  const principalAccountId = await made(admin, '/api/accounts', {
    ...{ accountName: `Principal ${n}`, accountTypeId, isPrincipal: true },
  });
  const distributorAccountId = await made(admin, '/api/accounts', { accountName: `Distributor ${n}`, accountTypeId });
  const productId = await made(admin, '/api/products', { productNameHouse: `Product ${n}` });
  const pov = await made(owner, '/api/povs', { title: `Real ${n}`, ...fiftyDays });
  const at = `/api/povs/${pov}`;
  const [phase] = await phasesOf(owner, pov);
  const steps = [{ name: 'One', assigneeIds: [admin.userId, member] }];
  const launch = await made(owner, `${at}/launch`);
  const webhook = await made(admin, '/api/webhooks', { url: 'https://192.0.2.1.example/hook', events: ['pov.none'] });
  const provider = await made(admin, '/api/admin/identity-providers', {
    ...{ name: 'P', kind: 'other', issuer: 'https://127.0.0.1', clientId: 'c', clientSecret: 's' },
  });
  const [task, group, account, contact] = [
    await made(owner, '/api/crm/tasks', { title: `T ${n}` }),
    await made(owner, '/api/groups', { groupName: `G ${n}` }),
    await made(owner, '/api/accounts', { accountName: `A ${n}`, accountTypeId }),
    await made(owner, '/api/contacts', { firstName: 'C', lastName: n }),
  ];
  await made(owner, `/api/crm/tasks/${task}/comments`, { body: 'C' });
  for (const member of [{ accountId: account }, { contactId: contact }])
    await owner.post(`/api/groups/${group}/members`, member);
  const file = await made(admin, '/api/files', { name: 'a.csv', size: 4 });
  await admin.put(`/api/files/${file}/parts/0`, { data: Buffer.from('a,b\n').toString('base64') });
  const job = await made(admin, '/api/imports', { record: 'account', fileId: file });
  return {
    '/api/povs/': pov,
    '/api/files/': file,
    '/api/jobs/': job,
    '/api/imports/': job,
    '/api/exports/': await made(admin, '/api/exports', { record: 'account', format: 'csv' }),
    nth: '0',
    phaseId: phase!.id,
    milestoneId: await made(owner, `${at}/phases/${phase!.id}/milestones`, { name: 'M', dueDate: fiftyDays.endDate }),
    kpiId: await made(owner, `${at}/kpis`, { name: 'K', target: { value: 1 } }),
    memberId: (await join(owner, pov, member, 'PROJECT_MANAGER')).body.id,
    launch,
    workflowId: `launch-${launch}`,
    type: 'povLifecycle',
    name: 'confirm',
    '/api/workflows/instances/': await made(owner, '/api/workflows/instances', {
      ...{ referenceType: 'invoice', referenceId: pov, title: 'T', steps },
    }),
    '/api/admin/phases/': (await newTemplate(admin, [`Phase ${n}`])).id,
    '/api/api-keys/': await made(owner, '/api/api-keys', { name: 'Key' }),
    '/api/admin/users/': await made(admin, '/api/admin/users', {
      ...{ username: `user-${n}`, fullName: 'User', email: `user-${n}@example.org` },
    }),
    '/api/auth/sessions/': await session(app, owner),
    sessionId: await session(app, owner),
    '/api/admin/identity-providers/': provider,
    provider,
    accountId: app.tenant.id,
    pageType: 'accounts',
    module: 'accounts',
    recordType: 'account',
    field: 'industry',
    // Of one page nobody has so many.
    '/api/saved-views/': await made(owner, '/api/saved-views', {
      ...{ pageType: tablePages[nth % tablePages.length], name: `V ${n}`, settings: {} },
    }),
    tenant: await hooked(app, admin),
    '/api/admin/roles/': await made(admin, '/api/admin/roles', { code: `R_${n.replace('-', '_')}`, name: `R ${n}` }),
    '/api/email-templates/': await made(admin, '/api/email-templates', {
      ...{ name: `E ${n}`, subject: 'Hi {firstName}', body: 'Hello' },
    }),
    '/api/webhooks/': webhook,
    messageId: (await admin.post<{ messageId: string }>(`/api/webhooks/${webhook}/test`)).body.messageId,
    '/api/stand-ins/': await made(owner, '/api/stand-ins', {
      ...{ standInId: member, fromDay: `${3000 + nth}-01-01`, untilDay: `${3000 + nth}-01-02` },
    }),
    // Behind that of the stand-in, so that the owner's is the newest.
    '/api/notifications/': await made(admin, '/api/notifications', { userId: owner.userId, subject: 'S', body: 'B' }),
    '/api/tags/': await made(admin, '/api/tags', { name: `T ${n}` }),
    '/api/custom-fields/': await made(admin, '/api/custom-fields', {
      ...{ recordType: 'account', label: 'F', key: `f${n.replace('-', 'x')}` },
    }),
    '/api/account-types/': await made(admin, '/api/account-types', { name: `T ${n}` }),
    '/api/crm/contacts/': contact,
    '/api/crm/companies/': await made(owner, '/api/crm/companies', { name: `Company ${n}`, accountTypeId }),
    linkId: await made(owner, `/api/contacts/${contact}/organizations`, { accountId }),
    '/api/principal-distributor-relationships/': await made(admin, '/api/principal-distributor-relationships', {
      ...{ principalAccountId, distributorAccountId, commissionRate: '10' },
    }),
    '/api/products/': productId,
    '/api/inventory/products/': productId,
    '/api/inventory/product-categories/': await made(admin, '/api/inventory/product-categories', { name: `P ${n}` }),
    '/api/inventory/warehouses/': await made(admin, '/api/inventory/warehouses', {
      ...{ name: `W ${n}`, code: `W-${n}`, addressLine1: '1 Quay' },
      ...{ city: 'Oslo', postalCode: '0150', country: 'Norway' },
    }),
    '/api/opportunity-stages/': opportunityStageId,
    '/api/opportunity-line-items/': await made(owner, '/api/opportunity-line-items', {
      ...{ opportunityId, description: 'L' },
    }),
    '/api/opportunity-participants/': await made(owner, '/api/opportunity-participants', {
      ...{ opportunityId, accountId, role: 'customer' },
    }),
    '/api/opportunities/': opportunityId,
    '/api/crm/opportunities/': opportunityId,
    '/api/crm/deals/': opportunityId,
    '/api/accounts/': account,
    '/api/contacts/': contact,
    '/api/crm/interactions/': await made(owner, '/api/crm/interactions', { type: 'call', subject: `I ${n}` }),
    '/api/activities/': await made(owner, '/api/activities', {
      ...{ activityType: 'Call', subject: `I ${n}`, accountId: account, contactId: contact },
    }),
    '/api/crm/tasks/': task,
    '/api/groups/': group,
    '/api/tickets/': await made(owner, '/api/tickets', { issue: `I ${n}`, comment: 'C' }),
    '/api/feature-requests/': await made(owner, '/api/feature-requests', { title: 'F', povId: pov }),
    '/api/support-requests/': await made(owner, '/api/support-requests', { title: 'S', povId: pov }),
    '/api/operations/': await operation(app),
    '/api/duplicates/': await pairOf(app),
    '/api/crm/scoring-rules/': await made(admin, '/api/crm/scoring-rules', {
      ...{ name: `R ${n}`, points: 1, condition: { kind: 'interactions' } },
    }),
    '/api/merges/': await mergeOf(admin, n),
    eventId: await deadEvent(app),
    service: 'standard',
    subject: 'account',
    subjectId: account,
    '/api/attachments/': only.test('/api/attachments')
      ? (await newFile(app, owner, { subject: 'account', subjectId: account })).id
      : app.tenant.id,
  };
}

/** As a scan for duplicates notes it. */
async function pairOf(app: App): Promise<string> {
  const [row] = await inDatabase<{ id: string }>(
    app,
    `insert into duplicate_pair (id, tenant_id, created_at, updated_at, subject, first_id, second_id, score)
     values (gen_random_uuid(), $1, now(), now(), 'contact', gen_random_uuid(), gen_random_uuid(), 80) returning id`,
    [app.tenant.id],
  );
  return row!.id;
}

async function mergeOf(admin: Client, n: string): Promise<string> {
  const [survivorId, other] = [
    await newContact(admin, { lastName: `Kept ${n}` }), await newContact(admin, { lastName: `Gone ${n}` }),
  ].map(contact => contact.id);
  const { body } = await admin.post<{ mergeId: string }>('/api/contacts/merge', { survivorId, mergedIds: [other] });
  return body.mergeId;
}

/** As it stands after it was refused too often; it tells nobody. */
async function deadEvent(app: App): Promise<string> {
  const [row] = await inDatabase<{ id: string }>(
    app,
    `insert into outbox_event (tenant_id, name, entity_id, story_id, seq, payload, tells, summary, concerns, actor,
       actor_name, at, attempts)
     values ($1, 'platform.dead', gen_random_uuid(), gen_random_uuid(), 1, '{}', '[]', 'was refused', '{}', 'system',
       'system', now(), 20) returning id`,
    [app.tenant.id],
  );
  return `${row!.id}`;
}

/** As a move of the clock leaves it, without moving it. */
async function operation(app: App): Promise<string> {
  const [row] = await inDatabase<{ id: string }>(
    app,
    `insert into operation (id, tenant_id, created_at, updated_at, type, status, input)
     values (gen_random_uuid(), $1, now(), now(), 'clock', 'done', '{}') returning id`,
    [app.tenant.id],
  );
  return row!.id;
}

/** The slug of the tenant, whose users a service may tell of: by signed messages alone. */
async function hooked({ tenant }: App, admin: Client): Promise<string> {
  await admin.put('/api/admin/identity-hook', { active: true, role: 'SALESPERSON' });
  await admin.post('/api/admin/identity-hook/secrets');
  return tenant.slug;
}

/** A session more of somebody, besides the one that they use. */
async function session(app: App, { userId }: Client): Promise<string> {
  const [row] = await inDatabase<{ id: string }>(
    app,
    `insert into session (id, tenant_id, created_at, updated_at, user_id, refresh_hash, expires_at)
     values (gen_random_uuid(), $1, now(), now(), $2, 'none', now() + interval '1 day') returning id`,
    [app.tenant.id, userId],
  );
  return row!.id;
}

/** The path of an endpoint with existing records for its parameters. */
export const realPath = (e: AnyEndpoint, records: RealRecords): string =>
  e.path.replace(/:(\w+)/g, (_, param: string) => {
    const prefix = Object.keys(records).find(key => key.startsWith('/') && e.path.startsWith(key));
    const id = records[param] ?? (param === 'id' && prefix ? records[prefix] : undefined);
    if (!id) throw new Error(`No record for :${param} of ${e.path}`);
    return id;
  });
