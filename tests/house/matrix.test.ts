import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { decodeJwt, SignJWT } from 'jose';
import { routes } from '../../api/routes.ts';
import { endpoints as declared } from '../../domain/index.ts';
import type { AnyEndpoint } from '../../domain/platform/contract.ts';
import type { RoleCode } from '../../domain/platform/role.ts';
import { bootApp, type App } from '../kit/app.ts';
import { roles, type Username } from '../kit/people.ts';
import { allowedBy, goldenGrid } from './permission-grid.ts';

/** Which roles get past the door of each endpoint; on which records they then act is scopes.test.ts. */
const people: Username[] = ['superadmin', 'admin', 'manager', 'sales', 'accounting', 'readonly'];
let app: App, allowed: (needs: string, role: RoleCode) => boolean;
const tokens = new Map<Username, string>();
/** None, one whose time is over, one whose session was ended, one of an unknown key. */
const bad = new Map<string, string | undefined>();

beforeAll(async () => {
  app = await bootApp({ worker: false });
  allowed = allowedBy(await goldenGrid());
  for (const name of people) tokens.set(name, (await app.as(name)).token);
  const left = await app.as('admin');
  await left.post('/api/auth/signout');
  bad.set('nobody', undefined).set('who has left', left.token).set('a key that is none', `tlk_${'0'.repeat(32)}_x`);
  bad.set('who came too long ago', await expired(tokens.get('admin')!));
});
afterAll(() => app?.stop());

const found = new Map(
  [...Object.values(declared), ...routes.flatMap(r => Object.values(r.endpoints))].map(e => [
    `${e.method} ${e.path}`,
    e,
  ]),
);
/** Signing out comes last: it ends the sessions that the others use. */
const all: [string, AnyEndpoint][] = [...found].sort(
  ([a], [b]) => Number(a.endsWith('/signout')) - Number(b.endsWith('/signout')),
);

/** The same token, a second after its time, signed as ours are. */
async function expired(token: string): Promise<string> {
  const said = decodeJwt(token);
  const key = new TextEncoder().encode(app.sessionSecret);
  const exp = Math.floor(Date.now() / 1_000) - 1;
  return new SignJWT({ ...said, exp }).setProtectedHeader({ alg: 'HS256' }).sign(key);
}

/** Of a record that does not exist, with an empty body: only the answer to "may this role?" counts. */
async function statusOf(e: AnyEndpoint, token: string | undefined, url = app.url): Promise<number> {
  const withBody = e.method !== 'GET' && e.method !== 'DELETE';
  const response = await fetch(url + e.path.replace(/:\w+/g, () => randomUUID()), {
    method: e.method,
    ...(withBody ? { body: '{}' } : {}),
    headers: {
      ...(withBody ? { 'Content-Type': 'application/json' } : {}),
      ...(token ? { Authorization: `Bearer ${token}` } : {}),
    },
  });
  await response.body?.cancel();
  return response.status;
}

/** Whom an endpoint lets in or keeps out against the golden grid; whoever is let in gets any answer but a refusal. */
async function matrixFaults(e: AnyEndpoint, url = app.url): Promise<string[]> {
  const may = (name: Username): boolean => !e.needs.includes(':') || allowed(e.needs, roles[name]);
  const answered = await Promise.all(
    people.map(async name => [name, await statusOf(e, tokens.get(name), url)] as const),
  );
  return answered
    .filter(([name, status]) =>
      may(name) ? status === 403 || status === 401 || status >= 500 : status !== 403,
    )
    .map(([name, status]) => `${name}: ${status}`);
}

/** Who is let in without a good session. */
async function openTo(e: AnyEndpoint, url = app.url): Promise<string[]> {
  const answers = await Promise.all(
    [...bad].map(async ([who, token]) => [who, await statusOf(e, token, url)] as const),
  );
  return answers.filter(([, status]) => status !== 401).map(([who, status]) => `${who}: ${status}`);
}

const readable = all.filter(([, e]) => e.method === 'GET' && !e.path.includes(':') && !e.raw);
it.each(readable)('[PLT-031] an administrator opens %s', async (_, e) => {
  expect(await statusOf(e, tokens.get('admin'))).toBe(200);
});

describe.each(all.filter(([, e]) => e.needs !== 'anonymous'))('[PLT-030] %s', (_, e) => {
  it('[PLT-023] needs a session', async () => expect(await openTo(e)).toEqual([]));

  it(`needs ${e.needs}`, async () => expect(await matrixFaults(e)).toEqual([]));
});

describe('a fault that is planted is found:', () => {
  const remove = declared['povs.delete']!;
  let server: Server, url: string, answer: (token: string) => number;
  beforeAll(async () => {
    const careless = express();
    careless.all(/.*/, (req, res) => void res.status(answer((req.get('Authorization') ?? '').slice(7))).end());
    server = careless.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server?.close());

  it('an endpoint that asks for no good session', async () => {
    answer = token => (token === '' ? 401 : 200);
    expect(await openTo(remove, url)).toEqual([
      ...['who has left: 200', 'a key that is none: 200', 'who came too long ago: 200'],
    ]);
  });
  it('an endpoint that lets everybody in', async () => {
    answer = () => 404;
    expect(await matrixFaults(remove, url)).toEqual(['sales: 404', 'accounting: 404', 'readonly: 404']);
  });
  it('one that keeps everybody out', async () => {
    answer = () => 403;
    expect(await matrixFaults(remove, url)).toEqual(['superadmin: 403', 'admin: 403', 'manager: 403']);
  });
  it('one that takes one role for another', async () => {
    answer = token => (token === tokens.get('manager') || token === tokens.get('readonly') ? 403 : 200);
    expect(await matrixFaults(remove, url)).toEqual(['manager: 403', 'sales: 200', 'accounting: 200']);
  });
  it('one that breaks, and none in a good one', async () => {
    answer = token => (['sales', 'accounting', 'readonly'].some(n => token === tokens.get(n as Username)) ? 403 : 500);
    expect(await matrixFaults(remove, url)).toEqual(['superadmin: 500', 'admin: 500', 'manager: 500']);
    answer = token => (['sales', 'accounting', 'readonly'].some(n => token === tokens.get(n as Username)) ? 403 : 404);
    expect(await matrixFaults(remove, url)).toEqual([]);
  });
});
