import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { allowPrivateNetworks } from '../../../activities/platform/guarded-fetch.ts';
import type { Webhook, WebhookDelivery } from '../../../domain/platform/webhook/webhook.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { newContact } from '../../kit/crm.fixture.ts';
import { bundleOfNow, ended, replay } from '../../kit/histories.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { startServiceStub, type ServiceStub } from '../../stubs/message-services.ts';

const path = '/api/webhooks';
type Made = Webhook & { secret: string };
let app: App, stub: ServiceStub, admin: Client, manager: Client;

beforeAll(async () => {
  [app, stub] = await Promise.all([bootApp({ env: { PRIVATE_NETWORKS: 'allow' } }), startServiceStub()]);
  allowPrivateNetworks(true);
  [admin, manager] = await Promise.all([app.as('admin'), app.as('manager')]);
});
afterAll(async () => {
  allowPrivateNetworks(false);
  await app?.stop();
  await stub?.stop();
});
beforeEach(() => {
  for (const list of [stub.asked, stub.taken, stub.moods]) list.length = 0;
});

async function made(name: string, events: string[], more: object = {}): Promise<Made> {
  const answer = await admin.post<Made>(path, { url: `${stub.url}/${name}`, events, ...more });
  expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
  return answer.body;
}
const read = async (id: string): Promise<Webhook | undefined> =>
  (await admin.get<{ items: Webhook[] }>(path)).body.items.find(w => w.id === id);
const log = async (id: string): Promise<WebhookDelivery[]> =>
  (await admin.get<{ items: WebhookDelivery[] }>(`${path}/${id}/deliveries`)).body.items;
const bodies = (name: string) =>
  stub.taken.filter(t => t.path === `/${name}`).map(t => JSON.parse(t.body) as { type: string; data: object });
const test = async (id: string): Promise<string> => {
  const { status, body } = await admin.post<{ messageId: string }>(`${path}/${id}/test`);
  expect(status).toBe(202);
  return body.messageId;
};

describe('a webhook', () => {
  it('[PLT-067] that fails twice has the event on the third try, signed, and its log has three rows', async () => {
    const { id, secret } = await made('thrice', ['crm.contact.created']);
    stub.moods.push('busy', 'down');
    const contact = await newContact(manager, { firstName: 'Kari' });
    await manager.patch(`/api/contacts/${contact.id}`, { lastName: 'Aas' });
    await until('it is taken', async () => bodies('thrice').length === 1, 60_000);
    await until('the log says so', async () => (await log(id)).length === 3);
    const rows = await log(id);
    expect(rows.map(r => [r.event, r.attempt, r.statusCode, r.state])).toEqual([
      ['crm.contact.created', 3, 204, 'delivered'], ['crm.contact.created', 2, null, 'delivered'],
      ['crm.contact.created', 1, 503, 'delivered'],
    ]);
    const at = rows.map(r => Date.parse(r.at));
    expect(at[0]! - at[1]!).toBeGreaterThan(at[1]! - at[2]!);
    expect(bodies('thrice')[0]).toMatchObject({
      type: 'crm.contact.created',
      data: { entityId: contact.id, actor: expect.any(String), payload: { id: contact.id, title: 'Kari Doe' } },
    });
    const ids = new Set(stub.asked.map(a => a.headers['webhook-id']));
    expect([...ids]).toEqual([rows[0]!.messageId]);
    const { headers, body } = stub.taken[0]!;
    const signed = `${headers['webhook-id']}.${headers['webhook-timestamp']}.${body}`;
    const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
    expect(headers['webhook-signature']).toBe(`v1,${createHmac('sha256', key).update(signed).digest('base64')}`);
    expect(await read(id)).toMatchObject({ active: true, failingSince: null });
    expect(JSON.stringify(await read(id))).not.toContain('whsec_');
    await replay(
      await ended(app, `webhook-${rows[0]!.messageId}`, 'delivered', 'webhookDelivery.taken-on-the-third'),
      await bundleOfNow(),
    );
  });

  it('[PLT-068] is added, listed, changed, tested and removed; its log is read', async () => {
    const { id } = await made('tested', ['pov.*']);
    const messageId = await test(id);
    await until('the test arrives', async () => bodies('tested').some(b => b.type === 'webhook.test'));
    await until('the log says so', async () => (await log(id))[0]?.messageId === messageId);
    const changed = await admin.patch<Webhook>(`${path}/${id}`, { events: ['crm.*'], description: 'CRM' });
    expect(changed).toMatchObject({ status: 200, body: { events: ['crm.*'], description: 'CRM', active: true } });
    expect(await read(id)).toMatchObject({ url: `${stub.url}/tested`, events: ['crm.*'] });
    expect((await admin.delete(`${path}/${id}`)).status).toBe(204);
    expect([await read(id), (await admin.get(`${path}/${id}/deliveries`)).status]).toEqual([undefined, 404]);
    expect((await admin.post(`${path}/${id}/test`)).status).toBe(404);
  });

  it('[PLT-067] gets again what was sent, under the same id', async () => {
    const { id } = await made('again', ['pov.*']);
    const messageId = await test(id);
    await until('the test arrives', async () => (await log(id)).length === 1);
    const again = `${path}/${id}/messages/${messageId}/redelivery`;
    await until('it is sent again', async () => (await admin.post(again)).status === 202);
    await until('it arrives again', async () => (await log(id)).length === 2);
    expect(stub.taken.map(t => t.headers['webhook-id'])).toEqual([messageId, messageId]);
    const other = await made('other', ['pov.*']);
    expect((await admin.post(`${path}/${other.id}/messages/${messageId}/redelivery`)).status).toBe(404);
  });

  it('[PLT-067] that took nothing for three days is switched off, told nothing, and begins anew', async () => {
    const { id } = await made('failing', ['crm.contact.created']);
    await inDatabase(app, `update webhook set failing_since = now() - interval '73 hours' where id = $1`, [id]);
    stub.moods.push('refuses');
    const messageId = await test(id);
    await until('it is off', async () => (await read(id))?.active === false);
    expect((await read(id))!.switchedOff).toBe('It took nothing for 3 days');
    const history = await ended(app, `webhook-${messageId}`, 'failed', 'webhookDelivery.switched-off');
    await replay(history, await bundleOfNow());
    expect((await log(id)).map(r => r.state)).toEqual(['failed']);
    expect((await admin.post(`${path}/${id}/test`)).status).toBe(409);
    await newContact(manager, { firstName: 'Unheard' });
    await admin.patch(`${path}/${id}`, { active: true });
    expect(await read(id)).toMatchObject({ active: true, failingSince: null, switchedOff: null });
    await newContact(manager, { firstName: 'Heard' });
    await until('it is told', async () => bodies('failing').length === 1);
    expect(JSON.stringify(bodies('failing'))).toContain('Heard Doe');
  });

  it('[PLT-067] hears an event by its other name, and never of itself or of what is for one person', async () => {
    await made('all', ['*']);
    await made('won', ['deal.won']);
    await admin.post('/api/notifications', { userId: manager.userId, subject: 'Private', body: 'For you' });
    await newContact(manager, { firstName: 'Last' });
    await until('it is told', async () => JSON.stringify(bodies('all')).includes('Last Doe'));
    await app.settled();
    expect(bodies('all').map(b => b.type).filter(t => /webhook|notification/.test(t))).toEqual([]);
    expect(bodies('won')).toEqual([]);
  });
});

it.each([
  [{ url: 'x' }, '/url'], [{ events: [] }, '/events'], [{ events: ['A b'] }, '/events/0'],
  [{ secret: 'short' }, '/secret'],
])('%j is refused, and named', async (wrong, pointer) => {
  const answer = await admin.post<ProblemBody>(path, { url: 'https://example.com', events: ['*'], ...wrong });
  expect([answer.status, answer.body.errors?.[0]?.pointer]).toEqual([400, pointer]);
});

/** Last: from here on this process reads the other product's database. */
it('[PLT-069] an address in a private network is refused', async () => {
  const strict = await bootApp({ worker: false });
  try {
    const by = await strict.as('admin');
    const inside = [
      'http://127.0.0.1', 'https://127.0.0.1:8443/x', 'https://localhost/', 'https://10.1.2.3', 'https://[::1]/',
    ];
    for (const url of inside) {
      const { status, body } = await by.post<ProblemBody>(path, { url, events: ['*'] });
      expect([url, status, body.errors?.[0]?.pointer]).toEqual([url, 400, '/url']);
    }
    const own = { slack: { address: inside[0], events: [] } };
    const kept = await by.put<ProblemBody>('/api/channel-preferences', own);
    expect([kept.status, kept.body.errors?.[0]?.pointer]).toEqual([400, '/slack/address']);
    const { status, body } = await by.post<Webhook>(path, { url: 'https://example.com/hook', events: ['crm.tag.*'] });
    expect(status).toBe(201);
    expect((await by.patch(`${path}/${body.id}`, { url: 'https://169.254.169.254/' })).status).toBe(400);
    expect((await by.get<{ items: Webhook[] }>(path)).body.items.map(w => w.url)).toEqual(['https://example.com/hook']);
  } finally {
    await strict.stop();
  }
});
