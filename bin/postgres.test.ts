import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { connected } from './database-roles.ts';
import { freePort } from './port.ts';
import { type Postgres, startPostgres } from './postgres.ts';

let folder: string;
let running: Postgres | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'throughline-pg-'));
  await chmod(folder, 0o755);
});
afterEach(async () => {
  await running?.stop();
  const elsewhere = await readFile(join(folder, 'data', 'pg-elsewhere'), 'utf8').catch(() => undefined);
  if (elsewhere) await rm(dirname(elsewhere), { recursive: true });
  await rm(folder, { recursive: true, force: true });
});

const up = async (): Promise<Postgres> => {
  running = await startPostgres({ dataDir: join(folder, 'data') });
  return running;
};
const ask = async (url: string, sql: string): Promise<unknown[]> => {
  const client = await connected(url);
  return client.query(sql).then((result) => result.rows).finally(() => client.end());
};

test.each([
  ['', 0o755],
  [', also below a folder that no other user may enter', 0o700],
])('data, port and passwords survive a stop%s', async (_, mode) => {
  await chmod(folder, mode);
  const first = await up();
  await ask(first.ownerUrl, 'create table kept as select 42 as answer');
  await first.stop();
  const second = await up();
  expect(second.appUrl).toBe(first.appUrl);
  expect(await ask(second.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
  await second.stop();
  running = undefined;
  const taken = createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => { taken.listen(port, '127.0.0.1', resolve); });
  const refused = startPostgres({ dataDir: join(folder, 'data'), port }).finally(() => taken.close());
  await expect(refused).rejects.toThrow(/^DATABASE_PORT \d+ is in use: stop what listens there, or choose another\.$/);
});

test('the next start takes over from a server that was left running', async () => {
  const first = await up();
  await ask(first.ownerUrl, 'create table kept as select 42 as answer');
  const second = await up();
  expect(await first.exited).toBe('exit code 0');
  expect(await ask(second.ownerUrl, 'select answer from kept')).toEqual([{ answer: 42 }]);
});

test('the app can neither make tables nor become the owner', async () => {
  const { appUrl } = await up();
  await expect(ask(appUrl, 'create table t (id int)')).rejects.toThrow('permission denied');
  await expect(ask(appUrl, 'set role throughline')).rejects.toThrow('permission denied');
  await expect(ask(appUrl, 'set role search_definer')).rejects.toThrow('permission denied');
});

test('with DATABASE_URL it makes the roles that are missing and keeps their passwords', async () => {
  const { adminUrl = '' } = await up();
  await ask(adminUrl, `drop role relay`);
  const dataDir = join(folder, 'elsewhere');
  const ownerUrl = Object.assign(new URL(adminUrl), { pathname: '/throughline' }).href;
  // The role app exists with a password that this data folder never knew.
  await expect(startPostgres({ dataDir, url: ownerUrl })).rejects.toThrow(/as app: .*Set APP_DATABASE_URL/);
  await ask(adminUrl, 'drop role app');
  const external = await startPostgres({ dataDir, url: ownerUrl });
  expect(await ask(external.appUrl, 'select current_user::text as me')).toEqual([{ me: 'app' }]);
  expect(await ask(external.relayUrl, 'select current_user::text as me')).toEqual([{ me: 'relay' }]);
});
