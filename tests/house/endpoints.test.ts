import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import express from 'express';
import { z } from 'zod';
import { exampleOf } from '../../api/platform/openapi/openapi-example.ts';
import { connected } from '../../bin/database-roles.ts';
import { endpoints } from '../../domain/index.ts';
import { endpoint, type AnyEndpoint } from '../../domain/platform/contract.ts';
import { ById } from '../../domain/platform/id.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { ProblemBody } from '../kit/client.ts';
import { makeTenant, type TestTenant } from '../kit/people.ts';
import { rowCounts } from '../kit/row-counts.ts';
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

/** A kind of record is no id. */
const filled = (e: AnyEndpoint, param = id): string =>
  e.path.replace(/:\w+/g, name => (name === ':subject' ? 'account' : encodeURI(param)));

async function send(
  e: AnyEndpoint,
  body: unknown,
  { token = mine, path = filled(e), url = app.url } = {},
): Promise<Sent> {
  const response = await fetch(url + path, {
    method: e.method,
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    ...(e.method === 'GET' ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const problem = text.startsWith('{') ? (JSON.parse(text) as Partial<ProblemBody>) : {};
  const pointers = Array.isArray(problem.errors) ? problem.errors.map(({ pointer }) => pointer ?? '') : [];
  return { status: response.status, error: problem.error ?? '', pointers };
}
interface Sent {
  status: number;
  error: string;
  /** The fields that a problem points at. */
  pointers: string[];
}

/** What an endpoint says to somebody of another tenant: nothing is there. */
async function foreignIdFaults(e: AnyEndpoint, url = app.url): Promise<string[]> {
  const { status, error } = await send(e, exampleOf(e.body), { token: theirs, url });
  return status === 404 && / not found$/.test(error) ? [] : [`${status} ${error}`];
}

async function badBodyFaults(e: AnyEndpoint, url = app.url): Promise<string[]> {
  const bodies = ['[1]', '"text"', 'null', '{"a":'];
  const answers = await Promise.all(bodies.map(body => send(e, body, { url })));
  return bodies.filter((_, i) => answers[i]!.status !== 400 || !answers[i]!.error);
}

/** No text for a database: before the contract is asked, the first of them is refused. */
const unstorable = ['\u0000', '\ud800'];
const oddTexts = ['', 'x', ...unstorable, 'x'.repeat(50_000), '__proto__'];
const oddValues = [null, 42, -1, 1e300, true, {}, [], [null], { $gt: '' }, ...oddTexts];
type Body = Record<string, unknown>;
interface Tried {
  body: Body;
  /** Those with an odd value. */
  fields: string[];
  said: string;
}
/** For each kind of odd value one body with all fields that the contract refuses; what is unstorable in each alone. */
function refusedBodies(e: AnyEndpoint, fields: string[], example: Body): Tried[] {
  const tried = (wrong: string[], value: unknown): Tried => ({
    body: { ...example, ...Object.fromEntries(wrong.map(field => [field, value])) },
    fields: wrong,
    said: `${wrong.join()}: ${short(value)}`,
  });
  const refuses = (field: string, value: unknown): boolean => pointsAt(e, { ...example, [field]: value }, field);
  const refused = (value: unknown): string[] => fields.filter(field => refuses(field, value));
  const alone = unstorable.flatMap(text => refused(text).map(field => tried([field], text)));
  const together = oddValues.filter(v => !unstorable.includes(v as string)).map(v => tried(refused(v), v));
  return [...alone, ...together.filter(all => all.fields.length > 0)];
}
const short = (value: unknown): string => JSON.stringify(value)?.slice(0, 20);

/**
 * An odd value in each field: never 500; and what the contract refuses is a 400 that points at the field, and changes
 * nothing.
 */
async function oddFieldFaults(e: AnyEndpoint, url = app.url): Promise<string[]> {
  const example = exampleOf(e.body) as Body;
  const fields = Object.keys(shapeOf(e));
  const before = await rowCounts(app);
  const refused = refusedBodies(e, fields, example);
  const refusals = await Promise.all(refused.map(o => send(e, o.body, { url })));
  const faults = refused.flatMap(({ fields: wrong, said }, i) => {
    const { status, pointers } = refusals[i]!;
    const named = (field: string): boolean => pointers.some(p => p.split('/')[1] === field);
    return status === 400 && wrong.every(named) ? [] : [said];
  });
  if (!isDeepStrictEqual(await rowCounts(app), before)) faults.push('a refused body changed something');
  for (const field of fields) {
    const taken = oddValues.filter(value => !pointsAt(e, { ...example, [field]: value }, field));
    const answers = await Promise.all(taken.map(value => send(e, { ...example, [field]: value }, { url })));
    faults.push(...taken.filter((_, i) => answers[i]!.status >= 500).map(value => `${field}: ${short(value)}`));
  }
  return faults;
}
/** Whether the contract itself finds fault with this field of the body. */
const pointsAt = (e: AnyEndpoint, body: object, field: string): boolean =>
  e.body.safeParse(body).error?.issues.some(issue => issue.path[0] === field) ?? false;

const oddWords = ['x', '0', '%00', '%ff', '..%2f..', `${randomUUID()}'--`, 'x'.repeat(2000)];
const isList = ({ query }: AnyEndpoint): boolean =>
  'shape' in query && ['page', 'sort', 'cursor', 'q'].some(name => name in (query.shape as object));
async function oddPathFaults(e: AnyEndpoint, url = app.url): Promise<string[]> {
  const odd = (o: string): string[] => [`page=${o}`, `sort=${o}`, `cursor=${o}`, `filter[id][eq]=${o}`, `q=${o}`];
  // Only a list reads them one by one.
  const queries = oddWords.flatMap(o => (isList(e) ? odd(o) : [odd(o).join('&')]));
  const paths = [
    ...(e.path.includes(':') ? oddWords.map(o => e.path.replace(/:\w+/g, o)) : []),
    ...(e.method === 'GET' ? queries.map(query => `${filled(e)}?${query}`) : []),
  ];
  const answers = await Promise.all(paths.map(path => send(e, {}, { token: theirs, path, url })));
  return paths.filter((_, i) => answers[i]!.status >= 500).map(path => path.slice(0, 80));
}

describe('[PLT-002] another tenant’s id is not found', () => {
  it.each(withIds)('%s', async (_name, e) => expect(await foreignIdFaults(e)).toEqual([]));

  it('though it is there for its own tenant', async () => {
    const reads = withIds.filter(([, e]) => e.method === 'GET' && e.needs !== 'signed-in' && e.needs !== 'anonymous');
    const answers = await Promise.all(reads.map(async ([name, e]) => ({ name, status: (await send(e, {})).status })));
    expect(answers.filter(a => a.status === 404).map(a => a.name)).toEqual([]);
    expect(answers.length).toBeGreaterThan(5);
  });
});

describe('[PLT-048] a bad body is 400 and says so', () => {
  it.each(withBody)('%s', async (_name, e) => expect(await badBodyFaults(e)).toEqual([]));
});

describe('[PLT-048] a field of the wrong type is refused by its name and changes nothing; never 500', () => {
  it.each(withBody)('%s', async (_name, e) => expect(await oddFieldFaults(e)).toEqual([]));
});

describe('[PLT-048] an odd id or query is never 500', () => {
  const safe = named.filter(([, e]) => !e.raw && e.needs !== 'anonymous');
  it.each(safe)('%s', async (_name, e) => expect(await oddPathFaults(e)).toEqual([]));
});

const listing = named.filter(([, e]) => 'shape' in e.query && 'cursor' in (e.query.shape as object));
const encoded = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString('base64url');
const badCursors = ['x', '0', '%00', encoded([]), encoded({ a: 1 }), encoded(Array(9).fill('a'))];
async function cursorFaults(e: AnyEndpoint, url = app.url): Promise<string[]> {
  const paths = badCursors.map(cursor => `${filled(e)}?cursor=${cursor}`);
  const answers = await Promise.all(paths.map(path => send(e, {}, { path, url })));
  return badCursors.filter((_, i) => answers[i]!.status !== 400 || answers[i]!.pointers.join() !== '?cursor');
}

describe('[PLT-048] a cursor that is none is refused by its name', () => {
  it('by many lists', () => expect(listing.length).toBeGreaterThan(10));
  it.each(listing)('%s', async (_name, e) => expect(await cursorFaults(e)).toEqual([]));
});

describe('a fault that is planted is found:', () => {
  const planted = endpoint({
    ...{ method: 'PUT', path: '/api/planted/:id', needs: 'signed-in', summary: 'Planted' },
    ...{ params: ById, body: z.object({ name: z.string() }), returns: z.object({}) },
  } as const);
  let url: string;
  let server: Server;
  let answer: (body: { name?: unknown }) => number;

  beforeAll(async () => {
    const careless = express().use(express.json({ strict: false }));
    careless.all(/.*/, (req, res) => void res.status(answer(Object(req.body) as object)).json({}));
    server = careless.listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server?.close());

  it('an endpoint that shows another tenant’s record', async () => {
    answer = () => 200;
    expect(await foreignIdFaults(planted, url)).toEqual(['200 ']);
  });
  it('one that takes any body', async () => {
    answer = () => 200;
    expect(await badBodyFaults(planted, url)).toContain('[1]');
  });
  it('one that breaks at a wrong type, and one that breaks at an odd id', async () => {
    answer = body => (body.name === 'x' ? 200 : 500);
    expect(await oddFieldFaults(planted, url)).toEqual(expect.arrayContaining(['name: null', 'name: "\\u0000"']));
    expect(await oddPathFaults(planted, url)).toHaveLength(oddWords.length);
  });
  it('one that refuses without saying which field', async () => {
    answer = () => 400;
    expect(await oddFieldFaults(planted, url)).toEqual(expect.arrayContaining(['name: null', 'name: 42']));
  });
  it('a list that takes any cursor', async () => {
    answer = () => 200;
    expect(await cursorFaults(planted, url)).toEqual(badCursors);
  });
});
