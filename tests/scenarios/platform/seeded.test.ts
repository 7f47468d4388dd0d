import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Drift, DriftPage } from '../../../activities/platform/process/reconcile.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import { signIn } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { password } from '../../kit/people.ts';
import { compiled } from '../../kit/program.ts';

let app: App;
beforeAll(async () => {
  app = await bootApp();
}, 60_000);
afterAll(() => app?.stop());

const seed = (): Promise<unknown> => {
  const { ownerUrl: DATABASE_URL, appUrl: APP_DATABASE_URL } = app.database;
  const env = { PATH: process.env['PATH'], NODE_COMPILE_CACHE: compiled, DATABASE_URL, APP_DATABASE_URL };
  return promisify(execFile)(process.execPath, ['bin/seed.ts'], { env: { ...env, DEMO_PASSWORD: password } });
};
const count = async (what: string): Promise<number> =>
  (await inDatabase<{ n: number }>(app, `select count(*)::int as n from ${what}`))[0]!.n;

async function drifts(): Promise<Drift[]> {
  const admin = await signIn(app.url, 'demo', 'admin', password);
  // The check leaves processes alone that moved in the last seconds.
  await inDatabase(app, `update process set updated_at = now() - interval '1 minute' where status <> 'closed'`);
  const found: Drift[] = [];
  let cursor: string | null = '';
  do {
    const asked: object = { repair: false, cursor, limit: 100 };
    const { status, body } = await admin.post<DriftPage>('/api/admin/processes/reconcile', asked);
    expect(status).toBe(200);
    found.push(...body.drift);
    cursor = body.nextCursor;
  } while (cursor !== null);
  return found;
}

it('the demo tenant, seeded while API and worker run, has processes that stand as its rows say', async () => {
  await seed();
  await until('its past is told', async () => (await count('outbox_event where delivered_at is null')) === 0, 120_000);
  const behind = `process p join stream s using (entity_id)
    where p.status = 'starting' or (p.status <> 'closed' and p.seen_seq < s.seq)`;
  await until('its processes have read it', async () => (await count(behind)) === 0, 120_000);
  expect(await count(`process where status <> 'closed'`)).toBeGreaterThan(20);
  await until('nothing differs', async () => (await drifts()).length === 0).catch(async () => {
    expect(await drifts()).toEqual([]);
  });
}, 400_000);
