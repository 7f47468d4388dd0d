import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleOf } from '../../api/platform/openapi/openapi-example.ts';
import { endpoints } from '../../domain/index.ts';
import type { AnyEndpoint } from '../../domain/platform/contract.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { rowCounts } from '../kit/row-counts.ts';
import { realPath, realRecords, type RealRecords } from './real-records.ts';

let app: App, admin: Client, records: RealRecords;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  admin = await app.as('superadmin');
  records = await realRecords(app, admin, admin);
});
afterAll(() => app?.stop());

/** Signing out would end the session that the others use. */
const writing = Object.values(endpoints)
  .filter(e => ['POST', 'PUT', 'PATCH'].includes(e.method) && e.path !== '/api/auth/signout')
  .map((e): [string, AnyEndpoint] => [`${e.method} ${e.path}`, e]);

async function send(e: AnyEndpoint, body: string): Promise<{ status: number; text: string }> {
  const response = await fetch(app.url + realPath(e, records), {
    method: e.method,
    headers: { Authorization: `Bearer ${admin.token}`, 'Content-Type': 'application/json' },
    body,
  });
  return { status: response.status, text: await response.text() };
}

/** As JSON text: an object literal would lose the key. */
const smuggled = (example: string): Record<string, string> => ({
  '__proto__': `{"__proto__":${example}}`,
  constructor: `{"constructor":{"prototype":${example}}}`,
});
const polluting = '{"__proto__":{"polluted":"yes"},"constructor":{"prototype":{"polluted":"yes"}}}';
/** The example, with the keys in it and in each object of it. */
const within = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(within).join()}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value ?? null);
  const fields = Object.entries(value).map(([key, v]) => `${JSON.stringify(key)}:${within(v)}`);
  return `{${[...fields, polluting.slice(1, -1)].join()}}`;
};

const clean = Reflect.ownKeys(Object.prototype);
const unpolluted = (): void => {
  expect(Reflect.ownKeys(Object.prototype)).toEqual(clean);
  expect({}).not.toHaveProperty('polluted');
};

describe('[PLT-048] fields under the key of a prototype are no fields of the body', () => {
  it.each(writing)('%s', async (_, e) => {
    const missing = !e.body.safeParse({}).success;
    for (const [key, body] of Object.entries(smuggled(JSON.stringify(exampleOf(e.body))))) {
      const before = await rowCounts(app);
      const { status } = await send(e, body);
      expect([key, status < 500]).toEqual([key, true]);
      // What is required is missing: nothing may come from the prototype.
      if (missing) expect([key, status >= 400]).toEqual([key, true]);
      if (status >= 400) expect([key, await rowCounts(app)]).toEqual([key, before]);
      unpolluted();
    }
  });
});

describe('[PLT-048] such keys beside good fields, at any depth, are refused or do nothing', () => {
  it.each(writing)('%s', async (_, e) => {
    const before = await rowCounts(app);
    const { status } = await send(e, within(exampleOf(e.body)));
    expect(status).toBeLessThan(500);
    if (status >= 400) expect(await rowCounts(app)).toEqual(before);
    unpolluted();
  });
});

describe('a fault that is planted is found:', () => {
  it('a copy that follows the key', () => {
    const target: Record<string, object> = {};
    const given = JSON.parse('{"__proto__":{"polluted":"yes"}}') as Record<string, object>;
    for (const [key, value] of Object.entries(given)) Object.assign(target[key]!, value);
    try {
      expect(unpolluted).toThrow();
    } finally {
      delete (Object.prototype as { polluted?: unknown }).polluted;
    }
    unpolluted();
  });
  it('a row more', async () => {
    const before = await rowCounts(app);
    expect((await admin.post('/api/admin/phases', { name: 'One more' })).status).toBe(201);
    expect(await rowCounts(app)).not.toEqual(before);
  });
});
