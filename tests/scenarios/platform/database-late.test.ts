import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freePort } from '../../../bin/port.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import { client, signIn } from '../../kit/client.ts';
import { password } from '../../kit/people.ts';
import { lifecycleOf, newPov } from '../../kit/pov.fixture.ts';
import { spawnProgram, type Program } from '../../kit/program.ts';
import { brokenAfter } from '../../kit/faults/broken-after.ts';
import { openProxy, type Proxy } from '../../kit/faults/proxy.ts';
import { builtWeb, testPostgres } from '../../kit/services.ts';
import { bundleFolder } from '../../kit/worker-process.ts';

let app: App, line: Proxy, programs: Program[], url: string;
beforeAll(async () => {
  const { hostname, port } = new URL((await testPostgres()).appUrl);
  [line, app] = await Promise.all([
    openProxy({ host: hostname, port: Number(port) }),
    bootApp({ worker: false, relay: false, frozen: false }),
    builtWeb(),
  ]);
  await line.cut();
  const through = (address: string): string => Object.assign(new URL(address), { host: line.address }).href;
  const env = {
    ...app.env,
    NODE_ENV: 'production',
    APP_DATABASE_URL: through(app.env['APP_DATABASE_URL']!),
    RELAY_DATABASE_URL: through(app.env['RELAY_DATABASE_URL']!),
    SESSION_SECRET: 'a secret of the tests, long enough for everyone',
    PORT: String(await freePort()),
    DATA_DIR: await bundleFolder(),
  };
  url = `http://127.0.0.1:${env.PORT}`;
  programs = await Promise.all([
    spawnProgram({ main: 'api/main.ts', says: 'API is up', env }),
    spawnProgram({ main: 'activities/worker.ts', says: 'worker is up', env }),
  ]);
});
afterAll(async () => {
  await Promise.all((programs ?? []).map(program => program.kill('SIGTERM')));
  await app?.stop();
  line?.close();
});

const ready = async (): Promise<number> => (await client(url, {}).get('/api/health/ready')).status;
/** A POV is made, its event is relayed, and the worker's process of it waits: all three have the database. */
async function works(title: string): Promise<void> {
  await until('it is ready', async () => (await ready()) === 200);
  const manager = await signIn(url, app.tenant.slug, 'manager', password);
  const { id } = await newPov(manager, { title });
  await until('its process waits', async () => (await lifecycleOf(manager, id)).status === 'waiting');
}

it('[PLT-109] API and worker that start before the database wait for it and go on alone', async () => {
  expect(await ready()).toBe(503);
  await line.mend();
  await works('After the start');
});

it('[PLT-109] and so they do when it goes and comes back', async () => {
  await line.cut();
  await until('it is noticed', async () => (await ready()) === 503);
  await line.mend();
  await works('After the loss');
  expect(await brokenAfter(app)).toEqual([]);
});
