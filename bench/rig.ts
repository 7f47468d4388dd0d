import { existsSync, readFileSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Client } from 'pg';
import { type Child, startChild } from '../bin/child.ts';
import { connected } from '../bin/database-roles.ts';
import { freePort } from '../bin/port.ts';
import { startPostgres } from '../bin/postgres.ts';
import { step } from '../bin/progress.ts';
import { startTemporal } from '../bin/temporal.ts';
import { buildWeb } from '../bin/web-build.ts';
import { migrate } from '../db/platform/migrate.ts';

export const root = fileURLToPath(new URL('..', import.meta.url));
export const sessionSecret = 'a secret of the bench, long enough for everyone';

export interface Database {
  name: string;
  ownerUrl: string;
  appUrl: string;
  relayUrl: string;
}
/** A process of its own, which answers at `url` where it serves. */
export interface Program {
  url: string;
  pid: number;
  stop(): Promise<void>;
  kill(): Promise<void>;
}
/** The servers under measurement, real processes all of them. */
export interface Rig {
  folder: string;
  temporal: string;
  /** The servers' processes, by name. */
  servers: Record<'PostgreSQL' | 'Temporal', number>;
  database(name: string): Promise<Database>;
  api(of: Database): Promise<Program>;
  worker(of: Database): Promise<Program>;
  /** A file of `bench/bare` as a process. */
  bare(script: 'server' | 'worker', of: Database): Promise<Program>;
  stop(): Promise<void>;
}

export async function startRig(): Promise<Rig> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-bench-'));
  // Started by root, PostgreSQL runs as another user, who must get in.
  await chmod(folder, 0o755);
  // Any pages will do here; those of the newest sources are built by the bench that weighs them.
  if (!existsSync(join(root, 'web', 'build', 'handler.js'))) await buildWeb(root);
  const postgres = await step('PostgreSQL', () => startPostgres({ dataDir: folder }));
  const cli = process.env['TEMPORAL_CLI'];
  const temporal = await step('Temporal', say => startTemporal({ dataDir: folder, say, cli }));
  const programs = new Set<Program>();
  const run = async (name: string, script: string, env: Record<string, string>): Promise<Program> => {
    const program = await started(join(root, script), join(folder, 'logs', `${name}.log`), env);
    programs.add(program);
    return program;
  };
  const serving = async (
    name: string, script: string, ready: string, env: Record<string, string>,
  ): Promise<Program> => {
    const PORT = String(await freePort());
    const program = await run(name, script, { ...env, PORT, METRICS_PORT: PORT });
    const url = `http://127.0.0.1:${PORT}`;
    await untilAnswers(url + ready);
    return { ...program, url };
  };
  const envOf = (of: Database): Record<string, string> => ({
    NODE_ENV: 'production',
    APP_DATABASE_URL: of.appUrl, RELAY_DATABASE_URL: of.relayUrl, BARE_DATABASE_URL: of.ownerUrl,
    TEMPORAL_ADDRESS: temporal.address, TEMPORAL_TASK_QUEUE: of.name, SESSION_SECRET: sessionSecret,
    DATA_DIR: folder, NODE_COMPILE_CACHE: join(folder, 'compiled'),
    RATE_LIMIT_PER_MINUTE: '1000000000', SIGNIN_LIMIT_PER_MINUTE: '1000000000',
  });
  return {
    folder,
    temporal: temporal.address,
    servers: { PostgreSQL: pidIn(folder, 'pg', 'postmaster.pid'), Temporal: pidIn(folder, 'temporal.db.pid') },
    database: async name => {
      const admin = await connected(postgres.adminUrl ?? postgres.ownerUrl);
      await admin.query(`create database ${name} owner ${new URL(postgres.ownerUrl).username}`);
      await admin.end();
      const at = (url: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;
      await migrate(at(postgres.ownerUrl));
      return { name, ownerUrl: at(postgres.ownerUrl), appUrl: at(postgres.appUrl), relayUrl: at(postgres.relayUrl) };
    },
    api: of => serving(`api-${of.name}`, 'api/main.ts', '/api/health/ready', envOf(of)),
    worker: of => serving(`worker-${of.name}`, 'activities/worker.ts', '/health/ready', envOf(of)),
    bare: (script, of) => serving(`bare-${script}-${of.name}`, `bench/bare/${script}.ts`, '/ready', envOf(of)),
    stop: async () => {
      await Promise.all([...programs].map(program => program.stop()));
      await temporal.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const pidIn = (...path: string[]): number => Number(readFileSync(join(...path), 'utf8').split('\n')[0]);

/** A connection past row-level security; that the server ends it in the end is no error. */
export async function ownerOf(of: Database): Promise<Client> {
  const db = await connected(of.ownerUrl);
  db.on('error', () => undefined);
  return db;
}

export async function asOwner<T>(of: Database, work: (db: Client) => Promise<T>): Promise<T> {
  const db = await ownerOf(of);
  return work(db).finally(() => db.end());
}

async function started(script: string, log: string, env: Record<string, string>): Promise<Program> {
  const args = [...(process.env['BENCH_NODE_ARGS']?.split(' ') ?? []), script];
  const inherited = { PATH: process.env['PATH'], HOME: process.env['HOME'] };
  const child: Child = await startChild({ command: process.execPath, args, env: { ...inherited, ...env }, log });
  const kill = async (): Promise<void> => {
    process.kill(child.pid, 'SIGKILL');
    await child.exited;
  };
  return { url: '', pid: child.pid, stop: () => child.stop(), kill };
}

/** Waits until somebody answers there without an error. */
export async function untilAnswers(url: string, limitMs = 60_000): Promise<void> {
  for (const end = Date.now() + limitMs; Date.now() < end; await pause(25)) {
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
  }
  throw new Error(`Nobody answers at ${url}`);
}

export const pause = (ms: number): Promise<void> => new Promise(resolve => { setTimeout(resolve, ms); });
