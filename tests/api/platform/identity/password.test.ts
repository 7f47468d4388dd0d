import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mailChannel, setChannels } from '../../../../activities/platform/mail/channel/channels.ts';
import { bootApp, until, type App } from '../../../kit/app.ts';
import { signIn, type ProblemBody } from '../../../kit/client.ts';
import { ended } from '../../../kit/histories.ts';
import { inDatabase } from '../../../kit/in-database.ts';
import { password, type Username } from '../../../kit/people.ts';
import { startSmtpStub, type SmtpStub } from '../../../stubs/smtp-server.ts';

const path = '/api/auth/password';
let app: App, smtp: SmtpStub;
beforeAll(async () => {
  [app, smtp] = await Promise.all([bootApp(), startSmtpStub()]);
});
afterAll(async () => {
  await app?.stop();
  await smtp?.stop();
});
beforeEach(() => {
  smtp.mood = 'fine';
  setChannels({ email: mailChannel({ SMTP_URL: smtp.url, MAIL_FROM: 'Throughline <no-reply@example.com>' }) });
});

const ask = (username: string) =>
  app.anonymous.post(`${path}/reset-requests`, { username, tenant: app.tenant.slug });
const reset = (token: string, newPassword: string) =>
  app.anonymous.post<ProblemBody>(`${path}/resets`, { token, newPassword });
const mailsTo = (username: Username) => smtp.mails.filter(m => m.to.includes(`${username}@example.com`));
/** The token of the link in the newest mail, as a reader of it would copy it. */
const tokenOf = (raw: string): string =>
  /\/auth\/new-password#(tlp_[\w-]+)/.exec(raw.replace(/=\r?\n/g, '').replaceAll('=3D', '='))![1]!;
async function mailed(username: Username): Promise<string> {
  const before = mailsTo(username).length;
  expect((await ask(username)).status).toBe(202);
  await until(`${username} has a mail`, async () => mailsTo(username).length > before);
  return tokenOf(mailsTo(username).at(-1)!.raw);
}
interface MailRow {
  id: string;
  status: string;
  problem: string | null;
  body_cipher: string | null;
}
/** The only one: each test that asks begins without any. */
const theMail = async (): Promise<MailRow> => (await inDatabase<MailRow>(app, 'select * from mail'))[0]!;
const untilMail = (status: string) => until(`the mail is ${status}`, async () => (await theMail()).status === status);
const forgetMails = () => inDatabase(app, 'delete from mail');

describe('[PLT-028] changing one’s password', () => {
  it('needs the old one, and ends the other sessions', async () => {
    const [here, there] = [await app.as('sales'), await app.as('sales')];
    const wrong = await here.post<ProblemBody>(path, { oldPassword: 'wrong', newPassword: 'another good word' });
    expect([wrong.status, wrong.body.errors[0]?.pointer]).toEqual([400, '/oldPassword']);
    expect((await here.post(path, { oldPassword: password, newPassword: 'short' })).status).toBe(400);
    expect((await here.post(path, { oldPassword: password, newPassword: 'another good word' })).status).toBe(204);
    const statuses = [here, there].map(async client => (await client.get('/api/auth/session')).status);
    expect(await Promise.all(statuses)).toEqual([200, 401]);
    await expect(app.as('sales')).rejects.toThrow('could not sign in');
    await signIn(app.url, app.tenant.slug, 'sales', 'another good word');
    const [row] = await inDatabase<{ verb: string; new_values: object }>(
      app,
      `select verb, new_values from audit_log where verb = 'change-password' and table_name = 'app_user'`,
    );
    expect(row).toEqual({ verb: 'change-password', new_values: { passwordHash: '•••' } });
  });
});

describe('[PLT-028] a forgotten password', () => {
  it('is set anew by a mailed link, once; sessions and the lock end', async () => {
    const before = await app.as('sales2');
    const lock = `update app_user set locked_until = now() + interval '1 hour' where id = $1`;
    await inDatabase(app, lock, [before.userId]);
    const token = await mailed('sales2');
    expect((await reset(token, 'short')).status).toBe(400);
    expect((await reset(token, 'a word of my own')).status).toBe(204);
    expect((await before.get('/api/auth/session')).status).toBe(401);
    await signIn(app.url, app.tenant.slug, 'sales2', 'a word of my own');
    expect(await reset(token, 'another word')).toMatchObject({ status: 410, body: { code: 'link-expired' } });
  });

  it('is mailed by address, too; an older link ends when a newer one is used', async () => {
    const first = await mailed('sales3');
    expect((await ask('SALES3@example.com')).status).toBe(202);
    await until('there is another mail', async () => mailsTo('sales3').length === 2);
    expect((await reset(tokenOf(mailsTo('sales3')[1]!.raw), 'a word of my own')).status).toBe(204);
    expect((await reset(first, 'another word')).status).toBe(410);
  });

  it('is not set by a link that is old, changed, or of somebody inactive', async () => {
    const token = await mailed('sales4');
    expect((await reset(`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, 'another word')).status).toBe(410);
    expect((await reset('nonsense', 'another word')).status).toBe(410);
    await inDatabase(app, `update app_user set active = false where username = 'sales4'`);
    expect((await reset(token, 'another word')).status).toBe(410);
    await inDatabase(app, `update app_user set active = true where username = 'sales4'`);
    await inDatabase(app, 'update password_reset set expires_at = now() where used_at is null');
    expect((await reset(token, 'another word')).status).toBe(410);
  });

  it('gives no sign of who is known: one answer, at one pace, and no mail', async () => {
    const begun = performance.now();
    const known = await ask('manager');
    const took = performance.now() - begun;
    const unknown = await Promise.all([ask('nobody'), ask("x' or '1'='1"), ask('')]);
    expect(new Set([known, ...unknown].map(a => `${a.status} ${JSON.stringify(a.body)}`))).toEqual(new Set(['202 {}']));
    expect(took).toBeGreaterThanOrEqual(249);
    await until('the known one has a mail', async () => mailsTo('manager').length === 1);
    expect(smtp.mails.every(m => m.to.length === 1 && m.to[0]!.endsWith('@example.com'))).toBe(true);
  });

  it('sends no more than three links in half an hour', async () => {
    for (let i = 0; i < 5; i++) await ask('accounting');
    const links = await inDatabase(app, 'select 1 from password_reset where user_id = $1', [
      app.tenant.users.accounting,
    ]);
    expect(links).toHaveLength(3);
  });

  it('[PLT-089] leaves its link nowhere but in the mail', async () => {
    await forgetMails();
    smtp.mood = 'down';
    await ask('readonly');
    const { body_cipher } = await theMail();
    expect(body_cipher).toMatch(/^v1\.k1\./);
    smtp.mood = 'fine';
    await until('it is sent', async () => mailsTo('readonly').length === 1);
    await untilMail('sent');
    expect((await theMail()).body_cipher).toBeNull();
    const kept = await inDatabase<{ text: string }>(
      app,
      `select row_to_json(t)::text as text from audit_log t union all select row_to_json(t)::text from outbox_event t
       union all select row_to_json(t)::text from mail t union all select row_to_json(t)::text from password_reset t`,
    );
    expect(kept.some(row => row.text.includes('tlp_'))).toBe(false);
  });
});

describe('[PLT-028] the process that sends a mail', () => {
  beforeEach(forgetMails);
  const asked = async (): Promise<MailRow> => {
    await inDatabase(app, 'delete from password_reset');
    await ask('admin');
    return theMail();
  };

  it('tries again while the server is away or busy, and sends once', async () => {
    const sent = mailsTo('admin').length;
    smtp.mood = 'down';
    const { id } = await asked();
    await until('it was tried', async () => (await theMail()).problem !== null);
    const admin = await app.as('admin');
    const view = await admin.get<{ status: string; stuck: string }>(`/api/processes/send-mail-${id}`);
    expect(view.body).toMatchObject({ status: 'waiting', stuck: expect.any(String) });
    smtp.mood = 'busy';
    await until('it was refused for now', async () => /Try later/.test((await theMail()).problem ?? ''));
    smtp.mood = 'fine';
    await untilMail('sent');
    expect(mailsTo('admin').length).toBe(sent + 1);
    await ended(app, `send-mail-${id}`, 'sent', 'sendMail.sent');
  });

  it('does not try again what may have been sent: the outcome is unknown and says so', async () => {
    const sent = mailsTo('admin').length;
    smtp.mood = 'breaks';
    const { id } = await asked();
    await untilMail('unknown');
    expect(mailsTo('admin').length).toBe(sent + 1);
    await ended(app, `send-mail-${id}`, 'unknown', 'sendMail.unknown');
  });

  it('gives up a mailbox that does not exist', async () => {
    smtp.mood = 'refuses';
    await asked();
    await untilMail('refused');
    expect((await theMail()).problem).toContain('No such mailbox');
  });

  it('without a mail server the mail is kept as not sent, and can be sent later', async () => {
    setChannels({ email: mailChannel({ SMTP_URL: undefined, MAIL_FROM: 'x@example.com' }) });
    const { id } = await asked();
    await untilMail('not-sent');
    setChannels({ email: mailChannel({ SMTP_URL: smtp.url, MAIL_FROM: 'x@example.com' }) });
    const admin = await app.as('admin');
    expect((await admin.post('/api/processes/sendMail', { mailId: id })).status).toBeLessThan(203);
    await untilMail('sent');
    expect((await admin.post('/api/processes/sendMail', { mailId: id })).status).toBe(409);
  });
});
