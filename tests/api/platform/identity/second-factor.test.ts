import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { bootApp, type App } from '../../../kit/app.ts';
import type { Answer, Client, ProblemBody } from '../../../kit/client.ts';
import { inDatabase } from '../../../kit/in-database.ts';
import { password, type Username } from '../../../kit/people.ts';

const own = '/api/auth/second-factor';
let app: App;
beforeAll(async () => {
  app = await bootApp({ worker: false });
});
afterAll(() => app?.stop());

interface Body extends ProblemBody {
  ticket: string;
  accessToken: string;
  recoveryCodes?: string[];
  secret: string;
  uri: string;
}
const signIn = (username: Username, word = password): Promise<Answer<Body>> =>
  app.anonymous.post<Body>('/api/auth/signin', { username, password: word, tenant: app.tenant.slug });
const finish = (ticket: string, code: string): Promise<Answer<Body>> =>
  app.anonymous.post<Body>('/api/auth/signin/second-factor', { ticket, code });
/** The code of some steps from now, as the app would show it. */
const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });
const sessions = (username: Username) =>
  inDatabase(app, 'select 1 from session where user_id = $1', [app.tenant.users[username]]);
const forget = (username: Username) =>
  inDatabase(app, 'update second_factor set last_step = 0 where user_id = $1', [app.tenant.users[username]]);

/** Somebody with an app; no code of it is taken yet. */
async function withApp(username: Username): Promise<{ me: Client; secret: string; recoveryCodes: string[] }> {
  const me = await app.as(username);
  const { secret } = (await me.post<Body>(own)).body;
  const { body } = await me.post<Body>(`${own}/confirm`, { code: codeOf(secret) });
  await forget(username);
  return { me, secret, recoveryCodes: body.recoveryCodes! };
}

describe('[PLT-025] who has an authenticator app', () => {
  it('gets no session by the password alone, and one by the code', async () => {
    const { secret } = await withApp('sales');
    const before = (await sessions('sales')).length;
    const first = await signIn('sales');
    expect(first).toMatchObject({ status: 401, body: { code: 'second-factor', ticket: expect.any(String) } });
    expect([first.headers.get('Set-Cookie'), first.body.accessToken]).toEqual([null, undefined]);
    expect((await sessions('sales')).length).toBe(before);
    expect((await finish(first.body.ticket, '000000')).status).toBe(401);
    expect((await sessions('sales')).length).toBe(before);
    const second = await finish(first.body.ticket, codeOf(secret));
    expect([second.status, second.headers.get('Set-Cookie')]).toEqual([200, expect.stringContaining('tl_session=')]);
    expect((await sessions('sales')).length).toBe(before + 1);
  });

  it('cannot use a code twice, nor one of before it', async () => {
    const { secret } = await withApp('sales2');
    const { ticket } = (await signIn('sales2')).body;
    const code = codeOf(secret);
    const answers = await Promise.all([finish(ticket, code), finish(ticket, code), finish(ticket, code)]);
    expect(answers.map(a => a.status).sort()).toEqual([200, 401, 401]);
    expect((await finish(ticket, codeOf(secret, -1))).status).toBe(401);
    expect((await finish(ticket, codeOf(secret, 1))).status).toBe(200);
  });

  it('can use each recovery code once', async () => {
    const { me, recoveryCodes } = await withApp('sales3');
    const { ticket } = (await signIn('sales3')).body;
    expect((await finish(ticket, recoveryCodes[3]!.toUpperCase())).status).toBe(200);
    expect((await finish(ticket, recoveryCodes[3]!)).status).toBe(401);
    expect((await me.get(own)).body).toEqual({ enabled: true, required: false, recoveryCodesLeft: 9 });
  });

  it('is locked after ten wrong codes, although each attempt began with the right password', async () => {
    const { secret } = await withApp('accounting');
    for (let i = 0; i < 10; i++) {
      const { ticket } = (await signIn('accounting')).body;
      expect((await finish(ticket, '000000')).status).toBe(401);
    }
    expect((await signIn('accounting')).body.code).toBe('unauthenticated');
    await inDatabase(app, 'update app_user set locked_until = null where id = $1', [app.tenant.users.accounting]);
    const { ticket } = (await signIn('accounting')).body;
    expect((await finish(ticket, codeOf(secret))).status).toBe(200);
  });

  it('leaves neither secret nor codes in the database, the log or the answers that are kept', async () => {
    const { secret, recoveryCodes } = await withApp('readonly');
    const all = await inDatabase<{ text: string }>(
      app,
      `select row_to_json(t)::text as text from second_factor t union all
       select row_to_json(t)::text from audit_log t union all select row_to_json(t)::text from idempotency t`,
    );
    const kept = all.map(row => row.text).join();
    expect([kept.includes(secret), recoveryCodes.some(code => kept.includes(code))]).toEqual([false, false]);
    const [row] = await inDatabase<{ secret_cipher: string }>(app, 'select secret_cipher from second_factor limit 1');
    expect(row!.secret_cipher).toMatch(/^v1\.k1\./);
  });

  it('a repeated request shows the same secret and the same codes', async () => {
    await inDatabase(app, 'delete from second_factor where user_id = $1', [app.tenant.users.readonly]);
    const me = await app.as('readonly');
    const key = { 'Idempotency-Key': 'enrol-once' };
    const { secret } = (await me.post<Body>(own, {}, key)).body;
    const code = codeOf(secret);
    expect((await me.post<Body>(own, {}, key)).body.secret).toBe(secret);
    const confirm = () =>
      me.post<Body>(`${own}/confirm`, { code }, { 'Idempotency-Key': 'confirm-once' });
    const { recoveryCodes } = (await confirm()).body;
    expect(recoveryCodes).toHaveLength(10);
    expect((await confirm()).body.recoveryCodes).toEqual(recoveryCodes);
    // It has proved the app, and nothing else.
    expect((await finish((await signIn('readonly')).body.ticket, code)).status).toBe(401);
  });

  it('turns it off with a code, or has it reset by an administrator, which ends the sessions', async () => {
    const { me, secret } = await withApp('manager');
    expect((await me.post(`${own}/removals`, { code: '000000' })).status).toBe(400);
    expect((await me.post(`${own}/removals`, { code: codeOf(secret) })).status).toBe(204);
    expect((await signIn('manager')).status).toBe(200);
    const again = await withApp('manager');
    const admin = await app.as('admin');
    expect((await admin.delete(`/api/admin/users/${app.tenant.users.manager}/second-factor`)).status).toBe(204);
    expect((await again.me.get(own)).status).toBe(401);
    expect((await signIn('manager')).status).toBe(200);
    const rows = await inDatabase<{ verb: string }>(
      app,
      `select verb from audit_log where table_name = 'second_factor' and actor_name like 'Manager%' or verb like
       'reset-second%' order by recorded_at`,
    );
    expect(rows.map(r => r.verb)).toEqual(
      expect.arrayContaining(['enrol-second-factor', 'confirm-second-factor', 'remove-second-factor']),
    );
    expect(rows.at(-1)!.verb).toBe('reset-second-factor');
  });
});

describe('[PLT-025] where the role asks for a second factor', () => {
  it('the next sign-in sets up an app before there is a session', async () => {
    const admin = await app.as('admin');
    const { body } = await admin.get<{ items: { id: string; code: string }[] }>('/api/admin/roles');
    const role = body.items.find(r => r.code === 'SUPER_ADMIN')!;
    const superadmin = await app.as('superadmin');
    expect((await superadmin.patch(`/api/admin/roles/${role.id}`, { secondFactor: true })).status).toBe(200);
    const first = await signIn('superadmin');
    expect(first).toMatchObject({ status: 401, body: { code: 'second-factor-enrolment' } });
    const { ticket } = first.body;
    expect((await finish(ticket, '000000')).status).toBe(401);
    const app1 = (await app.anonymous.post<Body>('/api/auth/signin/enrolments', { ticket })).body;
    expect(app1.uri).toContain(app1.secret);
    const done = await finish(ticket, codeOf(app1.secret));
    expect([done.status, done.body.recoveryCodes?.length]).toEqual([200, 10]);
    expect((await app.anonymous.post('/api/auth/signin/enrolments', { ticket })).status).toBe(401);
    expect((await superadmin.get(own)).body).toMatchObject({ enabled: true, required: true });
    await forget('superadmin');
    const removal = await superadmin.post<ProblemBody>(`${own}/removals`, { code: codeOf(app1.secret) });
    expect(removal).toMatchObject({ status: 409, body: { error: 'Your role asks for a second factor' } });
  });
});

describe('[PLT-025] a ticket', () => {
  it('is no access token, and an access token no ticket', async () => {
    const { me, secret } = await withApp('admin');
    const { ticket } = (await signIn('admin')).body;
    const { status } = await app.anonymous.get('/api/auth/session', { Authorization: `Bearer ${ticket}` });
    expect(status).toBe(401);
    expect((await finish(me.token, codeOf(secret))).body.code).toBe('ticket-expired');
    expect((await finish(`${ticket}x`, codeOf(secret))).body.code).toBe('ticket-expired');
  });

  it('ends with the password that it was given for', async () => {
    const { me, secret } = await withApp('sales4');
    const { ticket } = (await signIn('sales4')).body;
    await inDatabase(app, `update app_user set password_hash = 'another' where id = $1`, [me.userId]);
    await forget('sales4');
    expect((await finish(ticket, codeOf(secret))).status).toBe(401);
  });
});
