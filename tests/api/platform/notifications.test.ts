import { generateKeyPairSync, sign } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { leadingTo } from '../../../activities/platform/mail/channel/channel.ts';
import { channelFor, mailChannel, setChannels } from '../../../activities/platform/mail/channel/channels.ts';
import { sendGridChannel } from '../../../activities/platform/mail/channel/mail-services.client.ts';
import {
  slackChannel, twilioChannel, webhookChannel,
} from '../../../activities/platform/mail/channel/message-services.client.ts';
import type { Notification } from '../../../domain/platform/notification.ts';
import { processActor } from '../../../activities/platform/as-activity.ts';
import { sendDigest } from '../../../activities/platform/notification/send-digest.ts';
import { run } from '../../../activities/platform/verb.ts';
import type { ProcessView } from '../../../domain/platform/process.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import { client, type Client, type ProblemBody } from '../../kit/client.ts';
import { ended } from '../../kit/histories.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { newTask } from '../../kit/crm.fixture.ts';
import { startServiceStub, type ServiceStub } from '../../stubs/message-services.ts';
import { startSmtpStub, type SmtpStub } from '../../stubs/smtp-server.ts';

const path = '/api/notifications';
type List = { items: Notification[]; total: number };
const sendGrid = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
const from = 'Throughline <no-reply@example.com>';
let services: ServiceStub;
let app: App, smtp: SmtpStub, admin: Client, sales: Client, sales2: Client, sales3: Client, sales4: Client;

beforeAll(async () => {
  const key = sendGrid.publicKey.export({ format: 'der', type: 'spki' }).toString('base64');
  const env = { PRIVATE_NETWORKS: 'allow', SENDGRID_WEBHOOK_KEY: key };
  [app, smtp, services] = await Promise.all([bootApp({ env }), startSmtpStub(), startServiceStub()]);
  const { url: at } = services;
  setChannels({
    email: leadingTo(mailChannel({ SMTP_URL: smtp.url, MAIL_FROM: from }), 'https://crm.example/'),
    slack: slackChannel(true),
    sms: twilioChannel({ accountSid: 'AC1', authToken: 't', from: '+14155550100', at }), webhook: webhookChannel(true),
  });
  [admin, sales, sales2, sales3, sales4] = (await Promise.all(
    (['admin', 'sales', 'sales2', 'sales3', 'sales4'] as const).map(name => app.as(name)),
  )) as [Client, Client, Client, Client, Client];
});
afterAll(async () => {
  await app?.stop();
  await smtp?.stop();
  await services?.stop();
});

const write = (subject: string, to: Client, by = admin, more: object = {}) =>
  by.post<Notification>(path, { userId: to.userId, subject, body: 'Please read this', ...more });
const list = async (by: Client, query = '') => (await by.get<List>(`${path}?${query}`)).body.items;
const unread = async (by: Client) => (await by.get<{ count: number }>(`${path}/unread-count`)).body.count;

it('[PLT-070] are written by administrators and seen by their recipients alone', async () => {
  expect((await write('From sales', sales2, sales)).status).toBe(403);
  expect(await write('Maintenance tonight', sales)).toMatchObject({
    status: 201,
    body: { subject: 'Maintenance tonight' },
  });
  await write('For sales2 only', sales2);
  expect((await list(sales)).map(n => n.subject)).toEqual(['Maintenance tonight']);
  expect((await list(sales2)).map(n => n.subject)).toEqual(['For sales2 only']);
  expect((await list(sales))[0]).toMatchObject({
    userId: sales.userId,
    type: 'in_app',
    status: 'delivered',
    retryCount: 0,
    readAt: null,
    sentAt: '2026-11-24T09:00:00.000Z',
  });
});

it('[PLT-070] are filtered by status', async () => {
  await write('Delivered', sales);
  await write('By mail', sales, admin, { type: 'email', channel: 'sales@example.com' });
  expect((await list(sales, 'filter[status]=pending')).map(n => n.subject)).toEqual(['By mail']);
  expect((await list(sales, 'filter[status]=delivered')).map(n => n.subject)).toContain('Delivered');
  expect((await sales.get(`${path}?filter[nope]=1`)).status).toBe(400);
});

it.each(['post', 'patch', 'get'] as const)('[PLT-071] are marked as read by %s, only one’s own', async method => {
  await write(`Read by ${method}`, sales);
  const before = await unread(sales);
  const { id } = (await list(sales, 'filter[unread]=true&sort=-createdAt')).find(
    n => n.subject === `Read by ${method}`,
  )!;
  expect((await sales2[method](`${path}/${id}/mark-read`)).status).toBe(404);
  expect(await unread(sales)).toBe(before);
  const { body } = await sales[method]<Notification>(`${path}/${id}/mark-read`);
  expect(body.readAt).toBe('2026-11-24T09:00:00.000Z');
  expect((await sales[method]<Notification>(`${path}/${id}/mark-read`)).status).toBe(200);
  expect(await unread(sales)).toBe(before - 1);
});

it('[PLT-071] are all marked as read at once, those of others stay unread', async () => {
  await Promise.all([write('One', sales), write('One', sales2), write('Two', sales)]);
  const others = await unread(sales2);
  const { body } = await sales.post<{ count: number }>(`${path}/mark-all-read`);
  expect(body.count).toBeGreaterThanOrEqual(2);
  expect([await unread(sales), await unread(sales2)]).toEqual([0, others]);
  expect((await sales.post<{ count: number }>(`${path}/mark-all-read`)).body.count).toBe(0);
});

it('[PLT-076] raise the count of their recipient, whose events tell it at once, and nobody else’s', async () => {
  const before = await unread(sales2);
  const { body } = await write('Ring', sales2);
  expect(await unread(sales2)).toBe(before + 1);
  const told = async (by: Client) => {
    const { body: page } = await by.get<{ items: { entityId: string }[] }>(
      '/api/events?name=platform.notification.*&limit=500',
    );
    return page.items.some(e => e.entityId === body.id);
  };
  await until('the event is out', () => told(sales2));
  expect(await told(sales)).toBe(false);
});

it('[PLT-070] refuses recipients who do not exist', async () => {
  const answer = await admin.post(path, { userId: '018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a01', subject: 'A', body: '' });
  expect(answer.status).toBe(400);
});

describe('by mail', () => {
  const keep = (events: string[]): Promise<{ status: number }> => sales.put('/api/mail-preferences', { events });
  /** What came of a reminder that was due: kinds and states, by mail last. */
  const reminded = async (title: string): Promise<string> => {
    const { now } = (await admin.get<{ now: string }>('/api/sandbox/clock')).body;
    const reminderAt = new Date(Date.parse(now) + 300_000).toISOString();
    const { id } = await newTask(sales, { title, reminderAt });
    await app.settled();
    await app.advance({ by: 'PT5M' });
    return id;
  };
  const toldOf = async (id: string): Promise<string[]> =>
    (await list(sales, `filter[referenceId]=${id}`)).map(n => `${n.type} ${n.status}`).sort();

  it('[PLT-075] with mail off for task reminders, one that is due is in the product and in no mail', async () => {
    expect((await keep(['task-overdue'])).status).toBe(200);
    expect((await sales.get<{ events: string[] }>('/api/mail-preferences')).body.events).toEqual(['task-overdue']);
    const id = await reminded('Call Kari');
    expect([await toldOf(id), smtp.mails]).toEqual([['in_app delivered'], []]);
  });

  it('comes to whoever wants it so, and says what became of it', async () => {
    await keep(['task-reminder']);
    const before = await unread(sales);
    const id = await reminded('Call Dana');
    await until('the mail is sent', async () => (await toldOf(id)).join() === 'email sent,in_app delivered');
    expect(smtp.mails.map(m => [m.to, /^Subject: (.*)$/m.exec(m.raw)?.[1]?.trim()])).toEqual([
      [['sales@example.com'], 'Reminder: Call Dana'],
    ]);
    // A mail breaks its lines, and writes its signs of equality, in its own way.
    const read = smtp.mails[0]!.raw.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=');
    expect(read).toContain(`https://crm.example/tasks?task=${id}`);
    expect(await unread(sales)).toBe(before + 1);
  });

  it('counts each try, and says why it came to nothing', async () => {
    smtp.mood = 'busy';
    const id = await reminded('Call Jo');
    const ofIt = `filter[referenceId]=${id}&filter[type]=email`;
    const mail = async (): Promise<Notification> => (await list(sales, ofIt))[0]!;
    await until('it was tried', async () => (await mail()).retryCount > 0);
    expect(await mail()).toMatchObject({ status: 'pending', failureReason: expect.stringContaining('Try later') });
    smtp.mood = 'refuses';
    await until('it is given up', async () => (await mail()).status === 'failed');
    expect((await mail()).failureReason).toContain('No such mailbox');
  });

  it('takes no name that it does not know', async () => {
    expect((await keep(['task-reminder', 'dance'])).status).toBe(400);
  });
});

describe('as a digest', () => {
  const at = '/api/digest-preferences';
  const mailsTo = (who: string): string[] => smtp.mails.filter(m => m.to.includes(who)).map(m => m.raw);
  const every = (period: string, by = sales3) => by.put<ProblemBody>(at, { every: period });

  it('[PLT-075] mails what is unread each morning at the tenant, once; where there is nothing, no mail', async () => {
    smtp.mood = 'fine';
    await write('Before it was wanted', sales3);
    await app.advance({ by: 'PT1M' });
    expect((await every('daily')).status).toBe(200);
    expect((await sales3.get<{ every: string }>(at)).body.every).toBe('daily');
    await write('Old news', sales3);
    await sales3.post(`${path}/mark-all-read`);
    await Promise.all([write('Maintenance tonight', sales3), write('The other news', sales3)]);
    await app.settled();
    expect(mailsTo('sales3@example.com')).toEqual([]);
    await app.advance({ by: 'P1D' });
    await until('the digest is sent', async () => mailsTo('sales3@example.com').length > 0);
    const [mail] = mailsTo('sales3@example.com');
    expect(mail).toMatch(/Subject: Your daily digest: 2 notifications/);
    for (const [text, there] of [['Maintenance tonight', true], ['other news', true], ['Old news', false],
      ['Before it', false]] as const) expect(mail!.includes(text)).toBe(there);
    await app.advance({ by: 'P3D' });
    expect(mailsTo('sales3@example.com')).toHaveLength(1);
    expect((await list(sales3, 'filter[templateId]=notification-digest'))[0]).toMatchObject({
      type: 'email', status: 'sent',
    });
  });

  it('[PLT-075] comes by the week, leaves out what came by mail already, and ends when it is off', async () => {
    await every('weekly');
    await sales3.put('/api/mail-preferences', { events: ['task-assigned'] });
    await newTask(sales, { title: 'Call Kari', assigneeId: sales3.userId });
    await write('Of this week', sales3);
    await app.advance({ by: 'P8D' });
    const weekly = async (): Promise<boolean> =>
      mailsTo('sales3@example.com').some(m => m.includes('weekly digest: 1 n'));
    await until('the digest is sent', weekly);
    expect(mailsTo('sales3@example.com').filter(m => m.includes('digest')).at(-1)).toContain('Of this week');
    await every('off');
    await app.settled();
    const { body } = await admin.get<{ items: ProcessView[] }>('/api/processes?filter[type]=notificationDigest');
    expect(body.items).toMatchObject([{ status: 'closed', result: 'OFF' }]);
    await ended(app, body.items[0]!.workflowId, 'OFF', 'notificationDigest.daily-and-off');
    await write('Unheard of', sales3);
    const before = mailsTo('sales3@example.com').length;
    await app.advance({ by: 'P14D' });
    expect(mailsTo('sales3@example.com')).toHaveLength(before);
  });

  it('[PLT-075] is mailed once, whoever dies while it is', async () => {
    await every('daily', sales4);
    await write('Said once', sales4);
    await app.settled();
    const [row] = await inDatabase<{ id: string; since: string }>(
      app, 'select digest_id as id, digested_at::text as since from app_user where id = $1', [sales4.userId],
    );
    const caller = { actor: processActor(app.tenant.id, `process:digest-${row!.id}`) };
    const due = Date.parse('2126-01-01T08:00:00Z');
    const told = [1, 2, 3].map(() => run(sendDigest, { digestId: row!.id, due }, caller));
    expect((await Promise.all(told)).map(t => t.told).sort()).toEqual([0, 0, 1]);
    await until('it is sent', async () => mailsTo('sales4@example.com').length > 0);
    expect(mailsTo('sales4@example.com')).toHaveLength(1);

    // A database that is older than the engine knows of none of it, and tells it under the same id.
    const mailed = () => inDatabase<{ id: string; status: string }>(
      app, `select id, status from mail where to_address = 'sales4@example.com'`,
    );
    await until('it is known as sent', async () => (await mailed())[0]?.status === 'sent');
    const before = await mailed();
    await inDatabase(app, `with n as (delete from notification where id = $1), m as (delete from mail where id = $1)
      delete from process where workflow_id = 'send-mail-' || $1`, [before[0]!.id]);
    await inDatabase(app, 'update app_user set digested_at = $2 where id = $1', [sales4.userId, row!.since]);
    expect(await run(sendDigest, { digestId: row!.id, due }, caller)).toEqual({ told: 1 });
    await until('it is known again', async () => (await mailed())[0]?.status === 'sent');
    expect([await mailed(), mailsTo('sales4@example.com').length]).toEqual([before, 1]);
  });

  it('takes no other period', async () => {
    const answer = await every('hourly');
    expect([answer.status, answer.body.errors[0]!.pointer]).toEqual([400, '/every']);
  });
});

describe('by the channels of one’s choice', () => {
  const path = '/api/channel-preferences';
  const asked = async (title: string): Promise<void> => {
    const steps = [{ name: 'One', assigneeIds: [sales2.userId] }];
    const about = { referenceType: 'invoice', referenceId: sales2.userId, title, steps };
    expect((await admin.post('/api/workflows/instances', about)).status).toBe(201);
  };
  const told = async (title: string): Promise<Notification[]> =>
    (await list(sales2, 'pageSize=100')).filter(n => n.subject.endsWith(title));
  const events = ['approval-request'];

  it('[PLT-073] an approval that is asked for comes by each of them, once', async () => {
    smtp.mood = 'fine';
    await sales2.put('/api/mail-preferences', { events });
    const chosen = {
      sms: { address: '+14155550199', events }, slack: { address: `${services.url}/services/T/B/x`, events },
      webhook: { address: `${services.url}/mine`, events },
    };
    expect(await sales2.put(path, chosen)).toMatchObject({ status: 200, body: chosen });
    await asked('Order 7');
    const kinds = async (): Promise<string> =>
      (await told('Order 7')).map(n => `${n.type} ${n.status}`).sort().join();
    await until('each has it', async () =>
      (await kinds()) === 'email sent,in_app delivered,slack sent,sms sent,webhook sent');
    expect(services.taken.map(t => t.path).sort()).toEqual([
      '/2010-04-01/Accounts/AC1/Messages.json', '/mine', '/services/T/B/x',
    ]);
    expect(services.taken.map(t => decodeURIComponent(t.body).replaceAll('+', ' ')).join()).toContain('Order 7');
    expect(smtp.mails.filter(m => m.raw.includes('Order 7'))).toHaveLength(1);
    expect((await told('Order 7')).map(n => n.channel)).not.toContainEqual(expect.stringContaining('/T/'));
    await sales2.put(path, { sms: { address: null, events: [] }, slack: { address: null, events: [] } });
    expect((await sales2.get(path)).body).toEqual({
      sms: { address: null, events: [] }, slack: { address: null, events: [] }, webhook: chosen.webhook,
    });
  });

  it('[PLT-072] a provider that works on the third try has sent it, and what it reports later is kept', async () => {
    const email = channelFor('email');
    setChannels({ email: sendGridChannel('SG.key', from, services.url) });
    services.moods.push('busy', 'busy');
    await asked('Order 8');
    const mail = async (): Promise<Notification | undefined> => (await told('Order 8')).find(n => n.type === 'email');
    await until('it is sent', async () => (await mail())?.status === 'sent', 60_000);
    expect(await mail()).toMatchObject({ retryCount: 2, failureReason: null });
    setChannels({ email });
    const { id } = (await mail())!;
    const report = (event: string): object => ({ event, mail: id, tenant: app.tenant.id, reason: '550 gone' });
    expect((await reported([report('bounce')], 'x')).status).toBe(401);
    expect((await reported([report('delivered')])).status).toBe(204);
    expect(await mail()).toMatchObject({ status: 'delivered', deliveredAt: expect.any(String) });
    expect((await reported([report('bounce')])).status).toBe(204);
    expect(await mail()).toMatchObject({ status: 'bounced', failureReason: '550 gone' });
  });

  it.each([
    ['sms', { address: '12', events: [] }, '/sms/address'], ['slack', { address: 'x', events: [] }, '/slack/address'],
    ['webhook', { address: null, events }, '/webhook/address'],
    ['sms', { address: null, events: ['dance'] }, '/sms/events'],
  ])('an address or event that is none is refused: %s %j', async (channel, wrong, pointer) => {
    const answer = await sales.put<ProblemBody>(path, { [channel]: wrong });
    expect([answer.status, answer.body.errors![0]!.pointer]).toEqual([400, pointer]);
  });

  /** As SendGrid tells of its mails; over another text than was signed, if there is one. */
  async function reported(body: object[], instead = ''): Promise<{ status: number }> {
    const timestamp = String(Math.floor(Date.now() / 1000));
    const signed = Buffer.from(timestamp + JSON.stringify(body) + instead);
    const headers = {
      'x-twilio-email-event-webhook-timestamp': timestamp,
      'x-twilio-email-event-webhook-signature': sign('sha256', signed, sendGrid.privateKey).toString('base64'),
    };
    return client(app.url, headers).post('/api/hooks/delivery-reports/sendgrid', body);
  }
});
