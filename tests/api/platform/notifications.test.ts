import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { setMailServer } from '../../../activities/platform/mail/deliver-mail.ts';
import type { Notification } from '../../../domain/platform/notification.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { newTask } from '../../kit/crm.fixture.ts';
import { startSmtpStub, type SmtpStub } from '../../stubs/smtp-server.ts';

const path = '/api/notifications';
type List = { items: Notification[]; total: number };
let app: App, smtp: SmtpStub, admin: Client, sales: Client, sales2: Client;

beforeAll(async () => {
  [app, smtp] = await Promise.all([bootApp(), startSmtpStub()]);
  setMailServer({ url: smtp.url, from: 'Throughline <no-reply@example.com>' });
  [admin, sales, sales2] = await Promise.all([app.as('admin'), app.as('sales'), app.as('sales2')]);
});
afterAll(async () => {
  await app?.stop();
  await smtp?.stop();
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

it.each(['post', 'get'] as const)('[PLT-071] are marked as read by %s, only one’s own', async method => {
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
