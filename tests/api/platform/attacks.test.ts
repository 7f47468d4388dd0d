import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endpoints } from '../../../domain/index.ts';
import { realPath, realRecords, type RealRecords } from '../../house/real-records.ts';
import { bootApp, type App } from '../../kit/app.ts';
import { client, type Client } from '../../kit/client.ts';
import { password } from '../../kit/people.ts';
import { newPov, readPov } from '../../kit/pov.fixture.ts';
import { rowCounts } from '../../kit/row-counts.ts';

let app: App, admin: Client, manager: Client, records: RealRecords;
beforeAll(async () => {
  app = await bootApp({ worker: false, web: true });
  [admin, manager] = await Promise.all([app.as('admin'), app.as('manager')]);
  records = await realRecords(app, admin, manager);
});
afterAll(() => app?.stop());

const reads = Object.values(endpoints).filter(e => e.method === 'GET' && !e.raw && e.needs !== 'anonymous');
const unchanged = async (act: () => Promise<void>): Promise<void> => {
  const before = await rowCounts(app);
  await act();
  expect(await rowCounts(app)).toEqual(before);
};

describe('[PLT-096] SQL in a request', () => {
  const injected = [
    `' or '1'='1`,
    `'; drop table pov; --`,
    `1) union select password_hash from app_user --`,
    `\\'; select pg_sleep(9) --`,
    `%' or true --`,
    `"; commit; --`,
  ];

  it.each(injected)('%s is a text that nothing contains, at every list', async text => {
    const q = encodeURIComponent(text);
    const params = [`q=${q}`, `sort=${q}`, `filter[${q}]=${q}&cursor=${q}&page=${q}`];
    await unchanged(async () => {
      for (const e of reads) {
        const path = realPath(e, records);
        const answers = await Promise.all(params.map(param => admin.get<{ items?: unknown[] }>(`${path}?${param}`)));
        expect([e.path, answers.filter(a => a.status >= 500).length]).toEqual([e.path, 0]);
      }
      const { body } = await admin.get<{ items: unknown[] }>(`/api/povs?q=${q}`);
      expect(body.items).toEqual([]);
    });
  });

  it.each(injected)('%s stands as it is in a record, and is found by its words', async text => {
    const { id } = await newPov(manager, { title: text, objective: text });
    expect(await readPov(manager, id)).toMatchObject({ title: text.trim(), objective: text });
    const { body } = await manager.get<{ items: { id: string }[] }>(`/api/povs?q=${encodeURIComponent(text)}`);
    expect(body.items.map(pov => pov.id)).toEqual([id]);
    await manager.delete(`/api/povs/${id}`);
  });

  it('in a name does not sign in', async () => {
    for (const username of [`admin' --`, `' or 1=1 --`, `admin'/*`]) {
      const body = { tenant: app.tenant.slug, username, password: `' or '1'='1` };
      expect((await app.anonymous.post('/api/auth/signin', body)).status).toBe(401);
    }
  });
});

describe('[PLT-096] a script', () => {
  it('comes back from no address as something that a browser would run', async () => {
    const script = '<script>alert(1)</script>';
    for (const to of ['/api/', '/api/povs/', '/api/povs?sort=', '/', '/povs?q=']) {
      const path = to + script;
      const { headers, body } = await app.anonymous.get<unknown>(encodeURI(path));
      const text = typeof body === 'string' ? body : '';
      expect([path, headers.get('X-Content-Type-Options'), text.includes(script)]).toEqual([path, 'nosniff', false]);
      if (/html/.test(headers.get('Content-Type') ?? ''))
        expect(headers.get('Content-Security-Policy')).toMatch(/script-src[^;]*'nonce-/);
    }
  });
});

describe('[PLT-096] a form of another site', () => {
  const forms = ['application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', 'text/plain'];

  it.each(forms)('that is sent with the cookie as %s changes nothing, anywhere', async type => {
    const signIn = await fetch(`${app.url}/api/auth/signin`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ tenant: app.tenant.slug, username: 'admin', password }),
    });
    const cookies = signIn.headers.getSetCookie();
    expect(cookies.filter(c => !/HttpOnly/i.test(c) || !/SameSite=(Lax|Strict)/i.test(c))).toEqual([]);
    const cookie = cookies.map(c => c.split(';')[0]).join('; ');
    await unchanged(async () => {
      for (const e of Object.values(endpoints)) {
        if (e.method === 'GET' || e.needs === 'anonymous') continue;
        const { status } = await fetch(app.url + realPath(e, records), {
          method: e.method,
          body: e.method === 'DELETE' ? undefined : '{"title":"forged","x=":"y"}',
          headers: { 'Content-Type': type, Cookie: cookie, Origin: 'https://evil.example' },
        });
        // By what it is, or by where it comes from.
        expect([e.method, e.path, [403, 415].includes(status)]).toEqual([e.method, e.path, true]);
      }
    });
    expect((await client(app.url, { Cookie: cookie }).get('/api/auth/session')).status).toBe(200);
  });
});

describe('[PLT-096] a path that climbs', () => {
  const up = ['../', '..%2f', '%2e%2e/', '%2e%2e%2f', '..%5c', '..%c0%af', '%252e%252e%252f', '....//'];
  const below = ['/', '/api/docs/', '/_app/', '/_app/immutable/', '/api/povs/', '/favicon.svg/'];

  it.each(up)('by %s leads to no file', async step => {
    for (const from of below)
      for (const file of ['package.json', '.env', 'etc/passwd', 'db/platform/config.ts']) {
        const answer = await raw(`${from}${step.repeat(8)}${file}`);
        expect([from, file, /root:|"private"|SESSION_SECRET|import /.test(answer)]).toEqual([from, file, false]);
        expect(answer).toMatch(/^HTTP\/1.1 [34]\d\d /);
      }
  });

  /** As it stands: `fetch` would tidy it. */
  function raw(path: string): Promise<string> {
    const { hostname, port } = new URL(app.url);
    return new Promise((resolve, reject) => {
      let answer = '';
      const socket = connect(Number(port), hostname, () =>
        socket.write(`GET ${path} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: close\r\n\r\n`));
      socket.on('data', bytes => { answer += bytes; }).once('end', () => resolve(answer)).once('error', reject);
    });
  }
});
