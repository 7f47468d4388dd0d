import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleOf } from '../../api/platform/openapi/openapi-example.ts';
import { connected } from '../../bin/database-roles.ts';
import { endpoints } from '../../domain/index.ts';
import type { AnyEndpoint } from '../../domain/platform/contract.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { ProblemBody } from '../kit/client.ts';
import { makeTenant, type TestTenant } from '../kit/people.ts';
import { testPostgres } from '../kit/services.ts';
import { plantRow } from './schema-probe.ts';
import { ofNoTenant, tablesOf } from './schema-rules.ts';

/** Without a session 401 and without the right 403 are proved for every endpoint by matrix.test.ts. */
let app: App, other: TestTenant, mine: string, theirs: string;
/** The id of one row in every table of the first tenant. */
const id = randomUUID();

beforeAll(async () => {
  app = await bootApp({ worker: false });
  other = await makeTenant();
  await plantEverywhere();
  [mine, theirs] = [(await app.as('superadmin')).token, (await app.as('superadmin', other)).token];
});
afterAll(() => app?.stop());

async function plantEverywhere(): Promise<void> {
  const { adminUrl } = await testPostgres();
  const superuser = Object.assign(new URL(adminUrl), { pathname: new URL(app.database.ownerUrl).pathname }).href;
  const admin = await connected(superuser);
  for (const { name } of await tablesOf(admin)) {
    // Events are told on by the relay, and idempotency has no ids.
    if (!(name in ofNoTenant) && !['outbox_event', 'idempotency', 'tenant_clock', 'stream'].includes(name)) {
      await plantRow(admin, name, app.tenant.id, id);
    }
  }
  await admin.end();
}

const named = Object.entries(endpoints).map(([name, e]): [string, AnyEndpoint] => [
  `${name}: ${e.method} ${e.path}`,
  e,
]);
const withIds = named.filter(([, e]) => /:(?!type\b)\w+/.test(e.path));
const withBody = named.filter(([, e]) => Object.keys(shapeOf(e)).length > 0 && e.needs !== 'anonymous');

function shapeOf({ body }: AnyEndpoint): object {
  const known = 'shape' in body ? (body.shape as object) : { any: true };
  return known;
}

async function send(
  e: AnyEndpoint,
  token: string,
  body: unknown,
  path = e.path.replace(/:\w+/g, id),
): Promise<{ status: number; body: ProblemBody }> {
  const response = await fetch(app.url + path, {
    method: e.method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(e.method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  return {
    status: response.status,
    body: text.startsWith('{') ? (JSON.parse(text) as ProblemBody) : ({} as ProblemBody),
  };
}

describe('[PLT-002] another tenant’s id is not found', () => {
  it.each(withIds)('%s', async (_name, e) => {
    const { status, body } = await send(e, theirs, exampleOf(e.body));
    expect([status, body.error]).toEqual([404, expect.stringMatching(/ not found$/)]);
  });

  it('though it is there for its own tenant', async () => {
    const reads = withIds.filter(([, e]) => e.method === 'GET' && e.needs !== 'signed-in');
    const answers = await Promise.all(
      reads.map(async ([name, e]) => ({ name, status: (await send(e, mine, {})).status })),
    );
    expect(answers.filter(a => a.status === 404).map(a => a.name)).toEqual([]);
    expect(answers.length).toBeGreaterThan(5);
  });
});

describe('[PLT-048] a bad body is 400 and names what is wrong', () => {
  it.each(withBody)('%s', async (_name, e) => {
    for (const bad of ['[1]', '"text"', 'null', '{"a":']) {
      const { status, body } = await send(e, mine, bad);
      expect([bad, status, body.error]).toEqual([bad, 400, expect.any(String)]);
    }
  });
});

describe('[PLT-048] a field of the wrong type is never 500', () => {
  const odd = [
    null,
    42,
    -1,
    1e300,
    true,
    {},
    [],
    [null],
    { $gt: '' },
    '',
    'x',
    '\u0000',
    '\ud800',
    'x'.repeat(50_000),
    '__proto__',
  ];
  it.each(withBody)('%s', async (_name, e) => {
    const example = exampleOf(e.body) as Record<string, unknown>;
    for (const field of Object.keys(shapeOf(e))) {
      const answers = await Promise.all(odd.map(value => send(e, mine, { ...example, [field]: value })));
      const broken = answers.map((a, i) => [field, odd[i], a.status]).filter(([, , status]) => Number(status) >= 500);
      expect(broken).toEqual([]);
    }
  });
});

describe('[PLT-048] an odd id or query is never 500', () => {
  const odd = ['x', '0', '%00', '%ff', '..%2f..', `${randomUUID()}'--`, 'x'.repeat(2000)];
  it.each(named.filter(([, e]) => !e.raw && e.needs !== 'anonymous'))('%s', async (_name, e) => {
    const paths = [
      ...(e.path.includes(':') ? odd.map(o => e.path.replace(/:\w+/g, o)) : []),
      ...(e.method === 'GET'
        ? odd.flatMap(o =>
            [`page=${o}`, `sort=${o}`, `cursor=${o}`, `filter[id][eq]=${o}`, `q=${o}`].map(
              query => `${e.path.replace(/:\w+/g, id)}?${query}`,
            ),
          )
        : []),
    ];
    const answers = await Promise.all(
      paths.map(async path => [path.slice(0, 80), (await send(e, theirs, {}, path)).status]),
    );
    expect(answers.filter(([, status]) => Number(status) >= 500)).toEqual([]);
  });
});
