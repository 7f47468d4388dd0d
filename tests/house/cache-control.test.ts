import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
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

/** What is wrong with how an answer may be kept: only whoever asked may keep what is shown to somebody signed in. */
function cacheFaults(e: Pick<AnyEndpoint, 'needs' | 'raw' | 'status'>, status: number, kept: string): string[] {
  const faults = [
    [status !== (e.status ?? 200), `it answers ${status}`],
    [!/\b(private|no-cache|no-store)\b/.test(kept), 'it does not say how it may be kept'],
    [e.needs !== 'anonymous' && !e.raw && !/\b(private|no-store)\b/.test(kept), 'others may keep it'],
    [/public|max-age=[1-9]/.test(kept), 'it may be shown when it is old'],
  ] as const;
  return faults.filter(([wrong]) => wrong).map(([, why]) => `${why}: ${kept}`);
}

it.each(reading)('[PLT-055] %s says how its answer may be cached', async (_, e) => {
  const stop = new AbortController();
  const response = await fetch(app.url + realPath(e, records), {
    headers: { Authorization: `Bearer ${admin.token}`, Accept: e.raw ?? 'application/json' },
    signal: stop.signal,
    redirect: 'manual',
  });
  expect(cacheFaults(e, response.status, response.headers.get('Cache-Control') ?? '')).toEqual([]);
  stop.abort();
});

describe('a fault that is planted is found:', () => {
  const signedIn = { needs: 'signed-in', status: 200 } as const;
  const old = 'it may be shown when it is old: ';
  it.each([
    ['no word about it', '', ['it does not say how it may be kept: ', 'others may keep it: ']],
    ['for everybody', 'public', [
      ...['it does not say how it may be kept: public', 'others may keep it: public', `${old}public`],
    ]],
    ['for an hour', 'private, max-age=3600', [`${old}private, max-age=3600`]],
    ['asked again by others, too', 'no-cache', ['others may keep it: no-cache']],
    ['and none in a good one', 'private, no-cache', []],
  ])('%s', (_, kept, faults) => expect(cacheFaults(signedIn, 200, kept)).toEqual(faults));
});
