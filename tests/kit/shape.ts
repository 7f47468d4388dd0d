import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { PayloadSettings } from '../../activities/platform/payload/payload-codec.ts';
import { startEntry } from '../../bin/production/entry.ts';
import { freePort } from '../../bin/port.ts';
import { spawnProgram, type Program } from './program.ts';
import { builtWeb, workflowBundle } from './services.ts';
import { bundleFolder } from './worker-process.ts';

/** The product under test: where it answers, and its workers. */
export interface Product {
  url: string;
  apis: number;
  startWorker(settings?: PayloadSettings, code?: string): Promise<void>;
  stopWorker(): Promise<void>;
  stop(): Promise<void>;
}

/** Whether scenarios run against the production shape: `npm run test:production`. */
export const inProductionShape = (): boolean => process.env['TEST_SHAPE'] === 'production';

/**
 * Two APIs behind one entry and two workers, each a process with the environment that it has in production. The workers
 * start beside the APIs, or later.
 */
export async function startShape(env: Record<string, string | undefined>, withWorker: boolean): Promise<Product> {
  await builtWeb();
  const data = await bundleFolder();
  const ports = [await freePort(), await freePort()];
  const entry = await startEntry(ports.map(port => `http://127.0.0.1:${port}`));
  const shared = {
    NODE_ENV: 'production',
    DATA_DIR: data,
    NODE_COMPILE_CACHE: join(data, 'compiled'),
    ORIGIN: entry.url,
    TRUST_PROXY: '1',
    ...env,
  };
  let workers: Program[] = [];
  const folders: string[] = [];
  const startWorker = async (settings?: PayloadSettings, code?: string): Promise<void> => {
    const { SECRET_KEYS, ENCRYPT_PAYLOADS } = settings ?? {};
    const sealed = settings && { SECRET_KEYS: SECRET_KEYS ?? '', ENCRYPT_PAYLOADS: String(ENCRYPT_PAYLOADS) };
    const other = code === undefined ? {} : { DATA_DIR: await folderWith(code, settings?.ENCRYPT_PAYLOADS) };
    if (other.DATA_DIR) folders.push(other.DATA_DIR);
    const one = (): Promise<Program> =>
      spawnProgram({ main: 'activities/worker.ts', says: 'worker is up', env: { ...shared, ...sealed, ...other } });
    workers = await Promise.all([one(), one()]);
  };
  const stopWorker = async (): Promise<void> => {
    await Promise.all(workers.map(worker => worker.kill('SIGTERM')));
    workers = [];
  };
  const [apis] = await Promise.all([
    Promise.all(
      ports.map(port =>
        spawnProgram({ main: 'api/main.ts', says: 'API is up', env: { ...shared, PORT: String(port) } }),
      ),
    ),
    withWorker ? startWorker() : undefined,
  ]);
  const stop = async (): Promise<void> => {
    await Promise.all([stopWorker(), ...apis.map(api => api.kill('SIGTERM'))]);
    await entry.close();
    await Promise.all(folders.map(folder => rm(folder, { recursive: true })));
  };
  await entryServes(entry.url);
  return { url: entry.url, apis: apis.length, startWorker, stopWorker, stop };
}

/** Where a worker finds these workflows in the place of those of the sources. */
async function folderWith(code: string, sealed?: boolean): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-workflows-'));
  await mkdir(join(folder, 'bundles'));
  await writeFile(join(folder, 'bundles', basename((await workflowBundle(sealed)).codePath)), code);
  return folder;
}

async function entryServes(url: string): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end;) {
    const answer = await fetch(`${url}/api/health/live`).catch(() => null);
    if (answer?.ok) return;
  }
  throw new Error('The entry finds no API');
}
