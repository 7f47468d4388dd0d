import { createServer } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startServiceStub, type ServiceStub } from '../../../../tests/stubs/message-services.ts';
import { leadingTo, type Channel } from './channel.ts';
import { resendChannel, sendGridChannel } from './mail-services.client.ts';
import { slackChannel, twilioChannel, webhookChannel } from './message-services.client.ts';

let stub: ServiceStub;
beforeAll(async () => {
  stub = await startServiceStub();
});
afterAll(() => stub?.stop());
beforeEach(() => {
  for (const list of [stub.asked, stub.taken, stub.moods]) list.length = 0;
});

const message = {
  tenantId: 'b7d9c0de-0000-4000-8000-000000000001', id: 'b7d9c0de-0000-4000-8000-000000000002', to: 'jane@example.com',
  subject: 'Hi <Jane>', text: 'Read & answer', replyTo: 'sam@example.com',
};
const from = 'Throughline <no-reply@example.com>';
const named: [string, (at: string) => Channel, string][] = [
  ['SendGrid', at => sendGridChannel('SG.key', from, at), message.to],
  ['Resend', at => resendChannel('re_key', from, at), message.to],
  ['Twilio', at => twilioChannel({ accountSid: 'AC1', authToken: 't', from: '+14155550100', at }), '+14155550199'],
  ['Slack', () => slackChannel(true), '/services/T/B/x'],
  ['webhook', () => webhookChannel(true), '/mine'],
];
const send = ([, channel, to]: (typeof named)[number]) =>
  channel(stub.url).send({ ...message, to: to.startsWith('/') ? stub.url + to : to });

describe.each(named)('[PLT-073] %s', (...service) => {
  it('gets a message as it wants it', async () => {
    expect(await send(service)).toEqual({ status: 'sent', problem: null });
    expect(stub.taken).toHaveLength(1);
  });
  it('that is busy is asked again, one that refuses is not', async () => {
    stub.moods.push('busy', 'refuses');
    await expect(send(service)).rejects.toThrow('503 Try later');
    expect(await send(service)).toEqual({ status: 'refused', problem: '400 That is wrong' });
    expect(stub.taken).toEqual([]);
  });
  it('that breaks off is asked again only if it knows what comes twice', async () => {
    stub.moods.push('down');
    if (['Resend', 'webhook'].includes(service[0])) await expect(send(service)).rejects.toThrow();
    else expect((await send(service)).status).toBe('unknown');
  });
});

it('[PLT-073] the services of mail get both texts, the reply address and the ids to report by', async () => {
  for (const service of named.slice(0, 2)) await send(service);
  const [sendGrid, resend] = stub.taken.map(({ body }) => JSON.parse(body) as Record<string, unknown>);
  expect(sendGrid).toMatchObject({
    personalizations: [{ to: [{ email: message.to }], custom_args: { mail: message.id, tenant: message.tenantId } }],
    from: { name: 'Throughline', email: 'no-reply@example.com' }, reply_to: { email: message.replyTo },
    content: [{ type: 'text/plain', value: 'Read & answer' }, { value: expect.stringContaining('Read &amp; answer') }],
  });
  expect(resend).toMatchObject({
    from, to: [message.to], reply_to: message.replyTo, text: 'Read & answer',
    tags: [{ name: 'mail', value: message.id }, { name: 'tenant', value: message.tenantId }],
  });
  expect(stub.taken[1]!.headers['idempotency-key']).toBe(message.id);
});

it('[PLT-073] Twilio gets a form, Slack a text in which nothing means something else', async () => {
  for (const service of named.slice(2)) await send(service);
  expect(Object.fromEntries(new URLSearchParams(stub.taken[0]!.body))).toEqual({
    To: '+14155550199', From: '+14155550100', Body: 'Hi <Jane>\nRead & answer',
  });
  expect(JSON.parse(stub.taken[1]!.body)).toEqual({ text: '*Hi &lt;Jane&gt;*\nRead &amp; answer' });
  expect(stub.taken[2]!.headers['webhook-id']).toBe(message.id);
});

it('[PLT-073] where nobody listens it is tried again, and never in a private network', async () => {
  const server = createServer();
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.address() as { port: number };
  await new Promise(resolve => {
    server.close(resolve);
  });
  await expect(sendGridChannel('k', from, `http://127.0.0.1:${port}`).send(message)).rejects.toThrow();
  for (const channel of [slackChannel(false), webhookChannel(false)])
    expect((await channel.send({ ...message, to: stub.url })).status).toBe('refused');
  expect(stub.asked).toEqual([]);
});

it('[CRM-115] a message that is read elsewhere leads to its page, and to its file, by whole addresses', async () => {
  const [, slack, to] = named[3]!;
  const channel = leadingTo(slack(stub.url), 'https://crm.example/');
  const text = 'All accounts: 3 rows. The file: /api/files/f1/content';
  await channel.send({ ...message, to: stub.url + to, text, page: '/jobs/j1' });
  expect(stub.taken[0]!.body).toContain('The file: https://crm.example/api/files/f1/content');
  expect(stub.taken[0]!.body).toContain('https://crm.example/jobs/j1');
  expect(leadingTo(channel, undefined)).toBe(channel);
});
