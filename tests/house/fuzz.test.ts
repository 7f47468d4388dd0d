import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { exampleOf } from '../../api/platform/openapi/openapi-example.ts';
import { endpoints } from '../../domain/index.ts';
import type { AnyEndpoint } from '../../domain/platform/contract.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { realPath, realRecords, type RealRecords } from './real-records.ts';

/** Fixed, so that a failure is the same for everybody; FUZZ_SEED=<number> walks another way. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20261121);

let app: App, admin: Client;
beforeAll(async () => {
  const DELIVERY_SECRET = `whsec_${'A'.repeat(43)}=`;
  app = await bootApp({ worker: false, env: { DELIVERY_SECRET } });
  admin = await app.as('superadmin');
});
afterAll(() => app?.stop());

/** Ends the session of the fuzz, or never ends its answer. */
const left = ['POST /api/auth/signout', 'GET /api/stream', 'DELETE /api/auth/sessions'];
const walked = Object.values(endpoints)
  .filter(e => !left.includes(`${e.method} ${e.path}`))
  .map((e): [string, AnyEndpoint] => [`${e.method} ${e.path}`, e]);
/** Leads a browser on: what comes back is met by tests/api/platform/identity/provider-sign-in.test.ts. */
const throughIds = walked.filter(([, e]) => e.path.includes(':') && e.raw !== 'text/html');

const odd = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('__proto__', '\0', 'constructor'),
);
/** The example with a few fields replaced, by anything or by the id of a record; or any JSON at all. */
const bodies = (e: AnyEndpoint, records: RealRecords): fc.Arbitrary<unknown> => {
  const example = exampleOf(e.body) as Record<string, unknown>;
  const fields = Object.keys(example ?? {});
  const values = fc.oneof({ arbitrary: odd, weight: 3 }, fc.constantFrom(...Object.values(records)));
  const changed = fc.dictionary(fields.length ? fc.constantFrom(...fields) : fc.string(), values, { maxKeys: 3 });
  return fc.oneof(
    odd,
    changed.map(change => ({ ...example, ...change })),
  );
};
const words = fc.oneof(fc.uuid(), fc.string({ minLength: 1, maxLength: 40 }), fc.constantFrom('..', '%', '-1', 'null'));
const oddPath = (e: AnyEndpoint): fc.Arbitrary<string> =>
  words.map(word => e.path.replace(/:\w+/g, encodeURIComponent(word)));
const names = ['q', 'page', 'pageSize', 'sort', 'cursor', 'limit', 'filter[status][in]', 'filter[title]'];
const queries = fc.dictionary(fc.constantFrom(...names, 'filter[x][y]', 'status'), fc.string({ maxLength: 60 }));

interface Walk {
  paths: fc.Arbitrary<string>;
  records: RealRecords;
  url?: string;
}
interface Walked {
  statuses: Set<number>;
  /** What fast-check prints: the seed and the smallest input that fails. */
  fault: string | undefined;
}

/** Sends what an endpoint may never have seen, and wants an answer that is no 500. */
async function walk(e: AnyEndpoint, { paths, records, url = app.url }: Walk): Promise<Walked> {
  const statuses = new Set<number>();
  const property = fc.asyncProperty(bodies(e, records), paths, queries, async (body, path, query) => {
    const response = await fetch(`${url}${path}?${new URLSearchParams(query).toString()}`, {
      method: e.method,
      headers: { Authorization: `Bearer ${admin.token}`, 'Content-Type': 'application/json' },
      ...(e.method === 'GET' ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    statuses.add(response.status);
    if (response.status >= 500) throw new Error(`${response.status} ${text.slice(0, 200)}`);
    if (response.status < 400) return;
    const { status, code } = JSON.parse(text) as { status: number; code: string };
    if (status !== response.status || typeof code !== 'string') throw new Error(`No problem: ${text.slice(0, 200)}`);
  });
  const details = await fc.check(property, { seed, numRuns: 10 });
  const report = fc.defaultReportMessage(details);
  return { statuses, fault: report && `${report}\n${String(details.errorInstance)}` };
}

describe(`[PLT-048] whatever is sent, it is answered, and never with a 500 (seed ${seed})`, () => {
  it.each(walked)('%s', async (_name, e) => {
    const { fault } = await walk(e, { paths: oddPath(e), records: { none: app.tenant.id } });
    expect(fault).toBeUndefined();
  });
});

describe(`[PLT-048] nor behind a record that exists (seed ${seed})`, () => {
  const reached = new Map<string, Set<number>>();
  const fresh = (): Promise<RealRecords> => realRecords(app, admin, admin);
  /** Those who only read share their records; a write shares them with writes to other kinds of records alone. */
  let read: Promise<RealRecords> | undefined;
  const written: Promise<RealRecords>[] = [];
  const writes = new Map<string, number>();
  const toWrite = ({ path }: AnyEndpoint): Promise<RealRecords> => {
    const kind = path.slice(0, path.indexOf(':'));
    const nth = writes.get(kind) ?? 0;
    writes.set(kind, nth + 1);
    return (written[nth] ??= fresh());
  };

  it.each(throughIds)('%s', async (name, e) => {
    const records = await (e.method === 'GET' ? (read ??= fresh()) : toWrite(e));
    const { fault, statuses } = await walk(e, { paths: fc.constant(realPath(e, records)), records });
    reached.set(name, statuses);
    expect(fault).toBeUndefined();
  });

  it('and the records are reached: not everything is 404', () => {
    expect(reached.size).toBe(throughIds.length);
    const never = [...reached].filter(([, statuses]) => [...statuses].every(s => s === 404));
    expect(never.map(([name]) => name)).toEqual([]);
  });
});

describe('a fault that is planted is found:', () => {
  let server: Server, url: string;
  let answer: (body: string) => [number, string];
  const e = endpoints['povs.update']!;
  const fault = async (): Promise<string | undefined> =>
    (await walk(e, { paths: oddPath(e), records: { pov: app.tenant.id }, url })).fault;

  beforeAll(async () => {
    server = createServer((req, res) => {
      let body = '';
      req.on('data', text => (body += String(text)));
      req.on('end', () => {
        const [status, text] = answer(body);
        res.writeHead(status).end(text);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => void server?.close());

  it('a handler that breaks at some input; the seed and the input are told', async () => {
    answer = body => (body.includes('title') ? [500, 'oops'] : [200, '{}']);
    expect(await fault()).toMatch(new RegExp(`seed: ${seed}[^]*Counterexample[^]*title[^]*500 oops`));
  });
  it('a refusal in another form', async () => {
    answer = () => [400, '{"message":"no"}'];
    expect(await fault()).toContain('No problem');
  });
  it('and nothing in a good one', async () => {
    answer = () => [200, '{}'];
    expect(await fault()).toBeUndefined();
  });
});
