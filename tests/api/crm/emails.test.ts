import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { signatureOf } from '../../../activities/platform/identity/hook/signature.ts';
import { mailChannel, setChannels } from '../../../activities/platform/mail/channel/channels.ts';
import type { Interaction } from '../../../domain/crm/activity/interaction.ts';
import type { TimelineItem } from '../../../domain/crm/activity/timeline.contract.ts';
import type { Contact } from '../../../domain/crm/contact.ts';
import type { EmailTemplate } from '../../../domain/platform/mail/email-template.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import { client, type Client, type ProblemBody } from '../../kit/client.ts';
import { newAccount, newContact, newOpportunity, newTask, withAccountTypes, withStages } from '../../kit/crm.fixture.ts';
import { startSmtpStub, type SmtpStub } from '../../stubs/smtp-server.ts';

const secret = `whsec_${'A'.repeat(43)}=`;
const templates = '/api/email-templates', previews = '/api/crm/email-previews', emails = '/api/crm/emails';
let app: App, smtp: SmtpStub, manager: Client, sales: Client, jane: Contact, account: string, sale: string;

beforeAll(async () => {
  [app, smtp] = await Promise.all([bootApp({ env: { DELIVERY_SECRET: secret } }), startSmtpStub()]);
  setChannels({ email: mailChannel({ SMTP_URL: smtp.url, MAIL_FROM: 'Throughline <no-reply@example.com>' }) });
  [manager, sales] = await Promise.all([app.as('manager'), app.as('sales')]);
  await Promise.all([withAccountTypes(app.tenant.id), withStages(app.tenant.id)]);
  account = (await newAccount(sales, { accountName: 'Halvorsen & <Sons>' })).id;
  jane = await newContact(sales, { accountId: account, emailAddress: 'jane@halvorsen.example' });
  sale = (await newOpportunity(sales, { name: 'Cold store', accountId: account, value: 1_250_050 })).id;
});
afterAll(async () => {
  await app?.stop();
  await smtp?.stop();
});
beforeEach(() => {
  smtp.mood = 'fine';
});

interface Preview {
  subject: string;
  missing: string[];
}
const preview = async (text: string, more: object = {}): Promise<Preview> => {
  const answer = await sales.post<Preview>(previews, {
    subject: text, body: 'Hello', contactId: jane.id, ...more,
  });
  expect([answer.status, answer.body]).toEqual([200, expect.anything()]);
  return answer.body;
};
const errorsOf = ({ status, body }: { status: number; body: unknown }): [number, string[]] => [
  status, ((body as ProblemBody).errors ?? []).map(e => `${e.pointer} ${e.message}`),
];

describe('a text with placeholders', () => {
  it.each([
    ['Hi {firstName}', 'Hi Jane'],
    ['Hi {{ contact.firstName }} {{contact.lastName | upcase}}', 'Hi Jane DOE'],
    ['{contact.fullName} of {accountName}', 'Jane Doe of Halvorsen & <Sons>'],
    ['{jobTitle}{% if contact.jobTitle %}, {% endif %}{{ contact.city | default: "there" }}', 'there'],
    ['By {sender.name}', 'By sales example'],
  ])('[CRM-093] %s is previewed for Jane as %s', async (text, shown) => {
    expect((await preview(text)).subject.toLowerCase()).toBe(shown.toLowerCase());
    const name = `T ${randomUUID()}`;
    const { body: made } = await manager.post<EmailTemplate>(templates, { name, subject: text, body: 'Hello' });
    const seen = await sales.post<{ subject: string }>(previews, { templateId: made.id, contactId: jane.id });
    expect(seen.body.subject.toLowerCase()).toBe(shown.toLowerCase());
  });

  it('[CRM-093] speaks of an opportunity, and says so where none is chosen', async () => {
    const text = '{opportunity.opportunityName}: {opportunity.amount} {opportunity.currency}';
    expect(await preview(text)).toMatchObject({ subject: ':', missing: ['opportunity'] });
    expect(await preview(text, { opportunityId: sale })).toMatchObject({
      subject: 'Cold store: 12500.50 USD', missing: [],
    });
    const sent = await sales.post(emails, { contactId: jane.id, subject: text, body: 'Hello' });
    expect(errorsOf(sent)).toEqual([400, ['/opportunityId is needed: the text speaks of the opportunity']]);
  });

  it.each([
    ['{lastname}', '/subject has no placeholder {lastname}'],
    ['{{ contact.secret }}', '/subject has no placeholder {contact.secret}'],
    ['{{ account.constructor }}', '/subject has no placeholder {account.constructor}'],
    ['{{ contact[account.phone] }}', '/subject has no placeholder {contact[account.phone]}'],
    ['{{ contact.firstName', '/subject cannot be read: output'],
    ['{% include "/etc/passwd" %}', '/subject cannot be read: tag "include" not found'],
    ['{% for i in (1..100000000) %}x{% endfor %}', '/subject cannot be read: '],
  ])('[CRM-093] %s is refused, and what is wrong is named', async (subject, why) => {
    const starts = [400, [expect.stringContaining(why)]];
    expect(errorsOf(await sales.post(previews, { subject, body: 'Hello', contactId: jane.id }))).toEqual(starts);
    if (subject.includes('for i')) return;
    const made = await manager.post(templates, { name: `T ${randomUUID()}`, subject, body: 'Hello' });
    expect(errorsOf(made)).toEqual(starts);
  });

  it('keeps its name for itself, and is not changed into one that nothing fills', async () => {
    const fields = { name: `T ${randomUUID()}`, subject: 'Hi', body: 'Hello {firstName}' };
    const { body: made } = await manager.post<EmailTemplate>(templates, fields);
    expect((await manager.post(templates, fields)).status).toBe(409);
    const changed = await manager.patch(`${templates}/${made.id}`, { notification: 'task-reminder' });
    expect(errorsOf(changed)).toEqual([400, ['/body has no placeholder {firstName}']]);
    expect((await manager.get<EmailTemplate>(`${templates}/${made.id}`)).body).toMatchObject(fields);
    expect((await sales.patch(`${templates}/${made.id}`, { subject: 'No' })).status).toBe(403);
  });
});

describe('a mail from a record', () => {
  const send = async (more: object = {}): Promise<Interaction> => {
    const text = { subject: 'For {firstName}', body: 'Hi <b>{firstName}</b>,\n\nhow is {accountName}?' };
    const answer = await sales.post<Interaction>(emails, { contactId: jane.id, ...text, ...more });
    expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
    return answer.body;
  };
  const read = async (id: string): Promise<Interaction> =>
    (await sales.get<Interaction>(`/api/crm/interactions/${id}`)).body;
  const becomes = (id: string, status: string): Promise<void> =>
    until(`the mail is ${status}`, async () => (await read(id)).emailStatus === status);
  const onTimeline = async (id: string): Promise<TimelineItem | undefined> =>
    (await sales.get<{ items: TimelineItem[] }>(`/api/contacts/${jane.id}/timeline`)).body.items
      .find(item => item.recordId === id);
  const textOf = (raw: string): string => raw.replace(/=\r\n/g, '').replace(/:\r\n /g, ': ');

  it('[CRM-093] is sent once with its places filled, and stands on the timeline', async () => {
    const before = smtp.mails.length;
    const { id } = await send();
    expect(await read(id)).toMatchObject({
      type: 'email', direction: 'outbound', status: 'completed', subject: 'For Jane', contactId: jane.id,
      accountId: account, description: 'Hi <b>Jane</b>,\n\nhow is Halvorsen & <Sons>?',
      emailTo: 'jane@halvorsen.example',
    });
    await becomes(id, 'sent');
    const [mail, ...more] = smtp.mails.slice(before);
    expect([mail!.to, more]).toEqual([['jane@halvorsen.example'], []]);
    const raw = textOf(mail!.raw);
    expect(raw).toContain('Subject: For Jane');
    expect(raw).toContain(`Message-ID: <${id}.${app.tenant.id}@throughline>`);
    expect(raw).toContain('Reply-To: sales@example.com');
    expect(raw).toContain('<p>Hi &lt;b&gt;Jane&lt;/b&gt;,</p><p>how is Halvorsen &amp; &lt;Sons&gt;?</p>');
    expect(await onTimeline(id)).toMatchObject({ title: 'For Jane', emailStatus: 'sent', emailProblem: null });
  });

  it('[CRM-093] says why it was not taken', async () => {
    smtp.mood = 'refuses';
    const { id } = await send();
    await becomes(id, 'refused');
    expect((await onTimeline(id))!.emailProblem).toContain('No such mailbox');
  });

  it('[CRM-093] that comes back is told by whoever took it, and shown', async () => {
    const { id } = await send();
    await becomes(id, 'sent');
    const messageId = `<${id}.${app.tenant.id}@throughline>`;
    const bounced = { type: 'message.bounced', data: { messageId, reason: 'Mailbox is full' } };
    expect((await tell(bounced, `whsec_${'B'.repeat(43)}=`)).status).toBe(401);
    expect((await read(id)).emailStatus).toBe('sent');
    expect((await tell({ type: 'message.delivered', data: { messageId } })).status).toBe(204);
    expect((await read(id)).emailStatus).toBe('delivered');
    expect((await tell(bounced)).status).toBe(204);
    expect((await tell({ type: 'message.delivered', data: { messageId } })).status).toBe(204);
    expect(await onTimeline(id)).toMatchObject({ emailStatus: 'bounced', emailProblem: 'Mailbox is full' });
    const { body: events } = await sales.get<{ items: { payload: { mailId: string; status: string } }[] }>(
      '/api/events?name=platform.mail.told&limit=500',
    );
    const told = events.items.filter(e => e.payload.mailId === id).map(e => e.payload.status);
    expect(told).toEqual(['sent', 'delivered', 'bounced']);
  });

  it.each([
    ['of another installation', `<${randomUUID()}.${randomUUID()}@throughline>`], ['of nobody', 'x'],
  ])('a report of a mail %s changes nothing', async (_what, messageId) => {
    expect((await tell({ type: 'message.bounced', data: { messageId } })).status).toBe(204);
  });

  it('a service that has no secret is not listened to', async () => {
    expect((await tell({ type: 'email.bounced' }, secret, 'resend')).status).toBe(404);
  });

  it('[CRM-093] needs a contact with an address, who is seen', async () => {
    const text = { subject: 'Hi', body: 'Hello' };
    const mute = await newContact(sales, { accountId: account });
    expect(errorsOf(await sales.post(emails, { ...text, contactId: mute.id }))).toEqual([
      400, ['/contactId has no e-mail address'],
    ]);
    const other = await app.as('sales2');
    expect(errorsOf(await other.post(emails, { ...text, contactId: jane.id }))).toEqual([
      400, ['/contactId There is no such contact'],
    ]);
    expect(errorsOf(await sales.post(emails, { contactId: jane.id }))).toEqual([
      400, ['/subject is needed where no template is named'],
    ]);
    expect((await sales.post(emails, { ...text, contactId: jane.id, templateId: jane.id })).status).toBe(400);
  });
});

it('[CRM-093] the text of a template is that of the mails of a notification', async () => {
  const text = { subject: 'Now: {task}', body: 'Do {{ task }} now.', notification: 'task-reminder' };
  const made = await manager.post<EmailTemplate>(templates, { name: 'Reminders', ...text });
  expect(made.status).toBe(201);
  const twin = await manager.post(templates, { name: 'More reminders', ...text });
  expect(errorsOf(twin)).toEqual([400, ['/notification has its text in Reminders']]);
  const used = await sales.post(previews, { templateId: made.body.id, contactId: jane.id });
  expect(errorsOf(used)).toEqual([400, ['/templateId is the text of a notification']]);
  await sales.put('/api/mail-preferences', { events: ['task-reminder'] });
  const { now } = (await manager.get<{ now: string }>('/api/sandbox/clock')).body;
  await newTask(sales, { title: 'Call <Kari>', reminderAt: new Date(Date.parse(now) + 300_000).toISOString() });
  await app.settled();
  await app.advance({ by: 'PT5M' });
  await until('the mail is there', async () => smtp.mails.some(m => m.raw.includes('Subject: Now: Call <Kari>')));
  const { raw } = smtp.mails.find(m => m.raw.includes('Subject: Now: Call <Kari>'))!;
  expect(raw).toContain('Do Call <Kari> now.');
  expect(raw.replace(/=\r\n/g, '')).toContain('Do Call &lt;Kari&gt; now.');
});

/** As a mail gateway tells of a mail. */
async function tell(event: object, by = secret, service = 'standard'): Promise<{ status: number }> {
  const body = Buffer.from(JSON.stringify(event));
  const message = { id: randomUUID(), timestamp: String(Math.floor(Date.now() / 1000)), body };
  const headers = {
    'webhook-id': message.id, 'webhook-timestamp': message.timestamp, 'webhook-signature': signatureOf(message, by),
  };
  return client(app.url, headers).post(`/api/hooks/delivery-reports/${service}`, event);
}
