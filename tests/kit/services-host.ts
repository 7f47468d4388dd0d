import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { workflowBundle } from '../../activities/platform/workflow-bundle.ts';
import { startPostgres } from '../../bin/postgres.ts';
import { startTemporal, type Temporal } from '../../bin/temporal.ts';
import { startTemporalServer } from '../../bin/production/temporal-server.ts';
import { testServerPath } from '../../bin/test-server.ts';
import { buildWeb } from '../../bin/web-build.ts';
import { startBrowser } from './browser-server.ts';
import type { TestPostgres } from './services.ts';
import { inProductionShape } from './shape.ts';
import { migrateTemplate } from './template-database.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = join(ROOT, 'node_modules', '.cache', 'throughline');

type Started = { answer: object; stop?: () => Promise<void> };

/**
 * Offers what tests share: one PostgreSQL with a migrated template, one Temporal server, the bundle of workflows, the
 * built web, a browser for each Jest worker. Each starts when the first test asks for it, so a test of a pure rule
 * waits for none.
 */
export async function openServices(): Promise<{ url: string; close(): Promise<void> }> {
  const started = new Map<string, Promise<Started>>();
  const folder = await mkdtemp(join(tmpdir(), 'throughline-test-'));
  // Started by root, PostgreSQL runs as another user, who must get in.
  await chmod(folder, 0o755);
  const begin = (name: string, worker: string): Promise<Started> => {
    const key = name === 'browser' ? `${name}-${worker}` : name;
    const known = started.get(key);
    if (known) return known;
    const start = services[name]?.(folder, begin) ?? Promise.reject(new Error(`No test service ${name}`));
    started.set(key, start);
    return start;
  };
  const server = createServer(async (request, response) => {
    const [, name = '', worker = ''] = (request.url ?? '').split('/');
    // Asked now and then: a kept connection would be closed just when somebody asks again.
    response.setHeader('Connection', 'close');
    try {
      response.end(JSON.stringify((await begin(name, worker)).answer));
    } catch (error) {
      response.statusCode = 500;
      response.end(error instanceof Error ? error.message : String(error));
    }
  });
  await new Promise<void>(resolve => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    server.close();
    await Promise.allSettled([...started.values()].map(async service => (await service).stop?.()));
    await rm(folder, { recursive: true, force: true });
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

type Begin = (name: string, worker: string) => Promise<Started>;

const services: Record<string, (folder: string, begin: Begin) => Promise<Started>> = {
  postgres: async folder => {
    const { ownerUrl, appUrl, relayUrl, adminUrl, stop } = await startPostgres({ dataDir: folder, durable: false });
    await migrateTemplate(adminUrl ?? ownerUrl, ownerUrl);
    return { answer: { ownerUrl, appUrl, relayUrl, adminUrl }, stop };
  },
  temporal: async (folder, begin) => {
    if (inProductionShape()) return productionTemporal(folder, (await begin('postgres', '')).answer as TestPostgres);
    const cli = process.env['TEMPORAL_CLI'];
    return shared(await startTemporal({ cli, log: join(folder, 'temporal.log'), longHistory: 500 }));
  },
  bundle: async () => ({ answer: await workflowBundle(CACHE) }),
  'sealed-bundle': async () => ({ answer: await workflowBundle(CACHE, true) }),
  'test-server': async () => ({ answer: { path: await testServerPath() } }),
  web: async () => {
    await buildWeb(ROOT);
    return { answer: {} };
  },
  browser: () => startBrowser(),
};

async function productionTemporal(folder: string, { adminUrl }: TestPostgres): Promise<Started> {
  return shared(await startTemporalServer({ folder, adminUrl, longHistory: 500 }));
}

async function shared({ address, stop }: Temporal): Promise<Started> {
  // Loaded only here: a test of a pure rule needs no client of Temporal.
  const { pauseSchedules } = await import('./runtime/pause-schedules.ts');
  await pauseSchedules(address).catch(async (error: unknown) => {
    await stop();
    throw error;
  });
  return { answer: { address }, stop };
}
