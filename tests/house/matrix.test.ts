import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { routes } from '../../api/routes.ts';
import { endpoints as declared } from '../../domain/index.ts';
import type { AnyEndpoint } from '../../domain/platform/contract.ts';
import type { RoleCode } from '../../domain/platform/role.ts';
import { bootApp, type App } from '../kit/app.ts';
import { roles, type Username } from '../kit/people.ts';
import { allowedBy, goldenGrid } from './permission-grid.ts';

const people: Username[] = ['superadmin', 'admin', 'manager', 'sales', 'accounting', 'readonly'];
let app: App, allowed: (needs: string, role: RoleCode) => boolean;
const tokens = new Map<Username, string>();

beforeAll(async () => {
  app = await bootApp({ worker: false });
  allowed = allowedBy(await goldenGrid());
  for (const name of people) tokens.set(name, (await app.as(name)).token);
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

/** Of a record that does not exist, with an empty body: only the answer to "may this role?" counts. */
async function statusOf(e: AnyEndpoint, token: string | undefined): Promise<number> {
  const withBody = e.method !== 'GET' && e.method !== 'DELETE';
  const response = await fetch(app.url + e.path.replace(/:\w+/g, () => randomUUID()), {
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

const readable = all.filter(([, e]) => e.method === 'GET' && !e.path.includes(':') && !e.raw);
it.each(readable)('[PLT-031] an administrator opens %s', async (_, e) => {
  expect(await statusOf(e, tokens.get('admin'))).toBe(200);
});

describe.each(all.filter(([, e]) => e.needs !== 'anonymous'))('[PLT-030] %s', (_, e) => {
  it('[PLT-023] needs a session', async () => expect(await statusOf(e, undefined)).toBe(401));

  it(`needs ${e.needs}`, async () => {
    const may = (name: Username): boolean => !e.needs.includes(':') || allowed(e.needs, roles[name]);
    const answered = await Promise.all(people.map(async name => [name, await statusOf(e, tokens.get(name))] as const));
    const wrong = answered.filter(([name, status]) =>
      may(name) ? status === 403 || status === 401 || status >= 500 : status !== 403,
    );
    expect(wrong).toEqual([]);
  });
});
