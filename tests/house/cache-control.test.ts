import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { endpoints } from '../../domain/index.ts';
import type { AnyEndpoint } from '../../domain/platform/contract.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { realPath, realRecords, type RealRecords } from './real-records.ts';

let app: App, admin: Client, records: RealRecords;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  admin = await app.as('superadmin');
  records = await realRecords(app, admin, admin);
});
afterAll(() => app?.stop());

const reading = Object.entries(endpoints)
  .filter(([, e]) => e.method === 'GET')
  .map(([name, e]): [string, AnyEndpoint] => [`${name}: ${e.path}`, e]);

/** Only whoever asked may keep what is shown to somebody signed in. */
it.each(reading)('[PLT-055] %s says how its answer may be cached', async (_, e) => {
  const stop = new AbortController();
  const response = await fetch(app.url + realPath(e, records), {
    headers: { Authorization: `Bearer ${admin.token}` },
    signal: stop.signal,
  });
  const kept = response.headers.get('Cache-Control') ?? 'nothing';
  expect([response.status, kept]).toEqual([200, expect.stringMatching(/\b(private|no-cache|no-store)\b/)]);
  if (e.needs !== 'anonymous' && !e.raw) expect(kept).toMatch(/\b(private|no-store)\b/);
  expect(kept).not.toMatch(/public|max-age=[1-9]/);
  stop.abort();
});
