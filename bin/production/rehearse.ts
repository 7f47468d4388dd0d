import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, loadConfig } from '../../db/platform/config.ts';
import { DEMO_TENANT, demoState, demoUsers, seedDemoTenant } from '../demo.ts';
import { deploy } from '../database/deploy.ts';
import { startEntry } from './entry.ts';
import { command, explain, Failure } from '../failure.ts';
import type { KeptPart, Running } from '../kept-part.ts';
import { lockDataDir } from '../lock.ts';
import { keepProgram, logFile, untilReady } from '../parts.ts';
import { freePort, portIsFree } from '../port.ts';
import { type Postgres, startPostgres } from '../postgres.ts';
import { step } from '../progress.ts';
import { keptSecrets, readablePassword } from '../secrets.ts';
import type { Temporal } from '../temporal.ts';
import { startTemporalServer } from './temporal-server.ts';
import { buildWeb } from '../web-build.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const STOP_MS = 8_500;
/** What runs, in the order in which it started. */
const running: { stop(): Promise<void> }[] = [];

/**
 * `npm run rehearse`: the production shape of docker-compose.yml on this machine, without Docker: PostgreSQL, the
 * Temporal server on it, deploy with backup, two APIs behind one entry, two workers. Keeps its data; Ctrl-C ends it.
 */
await command(async () => {
  process.chdir(root);
  const config = loadConfig();
  const data = resolve(config.DATA_DIR, 'rehearsal');
  const ended = new Promise<void>((done) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => done());
  });
  try {
    if (!(await portIsFree(config.PORT))) throw new Failure(`Port ${config.PORT} is in use: choose another by PORT.`);
    await mkdir(data, { recursive: true });
    await lockDataDir(data, `http://localhost:${config.PORT}`);
    await Promise.race([start({ ...config, DATA_DIR: data }), ended]);
    await ended;
  } catch (error) {
    console.error(explain(error));
    return 1;
  } finally {
    console.log('Stopping …');
    for (const part of running.reverse()) await part.stop();
  }
  process.exit(0);
});

async function start(config: Config): Promise<void> {
  const [{ postgres, temporal }] = await Promise.all([startServers(config), buildWeb(root)]);
  const { ownerUrl, appUrl, relayUrl } = postgres;
  const urls = { DATABASE_URL: ownerUrl, APP_DATABASE_URL: appUrl, RELAY_DATABASE_URL: relayUrl };
  await deploy({ ...config, ...urls }, join(config.DATA_DIR, 'backups', `${Date.now()}.sql.gz`));
  const password = config.DEMO_PASSWORD ?? readablePassword();
  const fresh = (await demoState(ownerUrl)) === 'empty';
  if (fresh) await step('Demo tenant', (say) => seedDemoTenant({ ownerUrl, appUrl, password, say }));
  const ports = [await freePort(), await freePort()];
  const entry = await startEntry(ports.map((port) => `http://127.0.0.1:${port}`), config.PORT);
  running.push({ stop: () => entry.close() });
  const programs = await startPrograms(config, { postgres, temporal }, ports);
  const ready = `http://127.0.0.1:${config.PORT}/api/health/ready`;
  await step('Two APIs, two workers', () => untilReady(ready, programs, logFile(config.DATA_DIR, '*')));
  console.log(`\nThe production shape is ready at http://localhost:${config.PORT}\n`);
  console.log(`  Temporal     ${temporal.address}`);
  console.log(`  Sign in as   ${demoUsers.join(', ')} (tenant ${DEMO_TENANT})`);
  console.log(`  Password     ${fresh && !config.DEMO_PASSWORD ? password : 'as at the first start'}`);
  console.log(`  Logs         ${logFile(config.DATA_DIR, '*')}\n  Stop         Ctrl-C\n`);
}

type Servers = { postgres: Postgres; temporal: Temporal };

async function startServers({ DATA_DIR: dataDir, DATABASE_PORT: port }: Config): Promise<Servers> {
  const postgres = await step('PostgreSQL', () => startPostgres({ dataDir, port }));
  running.push(postgres);
  const adminUrl = postgres.adminUrl!;
  const temporal = await step('Temporal on PostgreSQL', (say) =>
    startTemporalServer({ folder: dataDir, adminUrl, say }));
  running.push(temporal);
  return { postgres, temporal };
}

async function startPrograms(
  config: Config, { postgres, temporal }: Servers, ports: number[],
): Promise<KeptPart<Running>[]> {
  const { session, keys } = await keptSecrets(config.DATA_DIR);
  const shared = {
    PATH: process.env['PATH'], NODE_ENV: 'production', ORIGIN: config.ORIGIN ?? `http://localhost:${config.PORT}`,
    TRUST_PROXY: '1', DRAIN_SECONDS: '1', LOG_LEVEL: config.LOG_LEVEL, DATA_DIR: config.DATA_DIR,
    APP_DATABASE_URL: postgres.appUrl, RELAY_DATABASE_URL: postgres.relayUrl, TEMPORAL_ADDRESS: temporal.address,
    SESSION_SECRET: session, SECRET_KEYS: keys, NODE_COMPILE_CACHE: join(config.DATA_DIR, 'compiled'),
  };
  const programs: KeptPart<Running>[] = [];
  for (const [n, port] of ports.entries()) {
    const program = (kind: string, script: string, env: NodeJS.ProcessEnv): Promise<KeptPart<Running>> => keepProgram({
      name: `The ${kind} ${n}`, script: join(root, script), env: { ...shared, ...env },
      log: logFile(config.DATA_DIR, `${kind}-${n}`), stopMs: STOP_MS,
    });
    programs.push(await program('api', 'api/main.ts', { PORT: String(port) }));
    programs.push(await program('worker', 'activities/worker.ts', { METRICS_PORT: String(await freePort()) }));
  }
  // Together: each waits for what it has begun.
  running.push({ stop: async () => { await Promise.all(programs.map((program) => program.stop())); } });
  return programs;
}
