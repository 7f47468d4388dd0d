import { mkdir, statfs } from 'node:fs/promises';
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Config, loadConfig } from '../db/platform/config.ts';
import { DEMO_TENANT, demoState, demoUsers, migrateDatabase, seedDemoTenant } from './demo.ts';
import { explain, Failure } from './failure.ts';
import type { KeptPart, Running } from './kept-part.ts';
import { lockDataDir } from './lock.ts';
import { keepPostgres, keepProgram, keepTemporal, logFile, untilReady } from './parts.ts';
import { freePort, portIsFree } from './port.ts';
import type { Postgres } from './postgres.ts';
import { elapsed, step } from './progress.ts';
import { keptSecrets, readablePassword } from './secrets.ts';
import type { Temporal } from './temporal.ts';
import { buildWeb } from './web-build.ts';

const SPACE_BYTES = 300_000_000;
/** Programs stop together; with Temporal (2.5 s) and PostgreSQL (3 s) all is over within 15 s. */
const PROGRAM_STOP_MS = 8_500;

const root = fileURLToPath(new URL('..', import.meta.url));
const dev = process.argv.includes('--dev');
const began = performance.now();

/** What runs. It is stopped in the reverse order, so that the programs can still say goodbye to the servers. */
const running: Record<'postgres' | 'temporal' | 'api' | 'worker', KeptPart<Running> | undefined> = {
  postgres: undefined, temporal: undefined, api: undefined, worker: undefined,
};
/** The password that was made up at this start, until it has been shown. */
let unshownPassword: string | undefined;
let ending: Promise<never> | undefined;

process.chdir(root);
process.stdout.on('error', () => undefined);
process.stderr.on('error', () => undefined);
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => { void end(0); });
endWithNpm();

try {
  await start(await checked(loadConfig()));
} catch (error) {
  if (!ending) console.error(explain(error));
  await end(1);
}

async function start(config: Config): Promise<void> {
  const pages = dev ? undefined : buildWeb(root);
  const [postgres, temporal] = await Promise.all([preparedDatabase(config), startedTemporal(config), pages]);
  const programs = await startPrograms(config, postgres, temporal);
  const host = config.HOST === '0.0.0.0' ? '127.0.0.1' : config.HOST;
  const ready = `http://${host}:${config.PORT}/api/health/ready`;
  await step('API, web and worker', () => untilReady(ready, programs, logFile(config.DATA_DIR, '*')));
  await welcome(config, postgres, temporal);
}

/** Everything that can refuse a start in a moment, before anything is touched. */
async function checked(config: Config): Promise<Config> {
  const PORT = config.PORT || (await freePort());
  const DATA_DIR = resolve(config.DATA_DIR);
  await mkdir(DATA_DIR, { recursive: true });
  const { bavail, bsize } = await statfs(DATA_DIR);
  if (bavail * bsize < SPACE_BYTES) throw new Failure(`Not enough disk space at ${DATA_DIR}: 300 MB are needed.`);
  const url = `http://localhost:${PORT}`;
  await lockDataDir(DATA_DIR, url);
  if (!(await portIsFree(PORT, config.HOST))) {
    throw new Failure(`Port ${PORT} is in use: stop what listens there, or choose another, as in PORT=3001 npm start`);
  }
  return { ...config, PORT, DATA_DIR, ORIGIN: config.ORIGIN ?? url };
}

async function preparedDatabase(config: Config): Promise<Postgres> {
  const kept = await step('PostgreSQL', () => keepPostgres(config));
  running.postgres = kept;
  const { ownerUrl, appUrl } = kept.first;
  await step('Database schema', () => migrateDatabase(ownerUrl));
  if ((await demoState(ownerUrl)) === 'empty') {
    const password = config.DEMO_PASSWORD ?? readablePassword();
    if (!config.DEMO_PASSWORD) unshownPassword = password;
    await step('Demo tenant', (say) => seedDemoTenant({ ownerUrl, appUrl, password, say }));
  }
  return kept.first;
}

async function startedTemporal(config: Config): Promise<Temporal> {
  const kept = await step('Temporal', (say) => keepTemporal(config, say));
  running.temporal = kept;
  return kept.first;
}

async function startPrograms(config: Config, postgres: Postgres, temporal: Temporal): Promise<KeptPart<Running>[]> {
  const { session, keys } = await keptSecrets(config.DATA_DIR);
  const env = {
    // Compiled code is kept, so that the next start of a program takes less.
    NODE_COMPILE_CACHE: resolve(config.DATA_DIR, 'compiled'),
    ...process.env,
    NODE_ENV: dev ? 'development' : 'production',
    PORT: String(config.PORT), HOST: config.HOST, ORIGIN: config.ORIGIN, DATA_DIR: config.DATA_DIR,
    // The owner's password stays here: what serves people works under row-level security.
    DATABASE_URL: '', APP_DATABASE_URL: postgres.appUrl, RELAY_DATABASE_URL: postgres.relayUrl,
    TEMPORAL_ADDRESS: temporal.address, TEMPORAL_UI_URL: temporal.uiUrl ?? '',
    SESSION_SECRET: config.SESSION_SECRET ?? session, SECRET_KEYS: config.SECRET_KEYS ?? keys,
  };
  const log = (name: string): string => (dev ? 'inherit' : logFile(config.DATA_DIR, name));
  const stopMs = PROGRAM_STOP_MS;
  const api = { name: 'The API', script: resolve(root, 'api/main.ts'), log: log('api'), stopMs };
  const worker = {
    name: 'The worker', script: resolve(root, 'activities/worker.ts'), log: log('worker'), stopMs,
  };
  running.api = await keepProgram({ ...api, env });
  running.worker = await keepProgram({ ...worker, env });
  return [running.api, running.worker];
}

async function welcome(config: Config, postgres: Postgres, temporal: Temporal): Promise<void> {
  const lines = [`\nThroughline is ready at http://localhost:${config.PORT}\n`];
  if (temporal.uiUrl) lines.push(`  Temporal UI  ${temporal.uiUrl}`);
  if ((await demoState(postgres.ownerUrl)) === 'demo') {
    lines.push(`  Sign in as   ${demoUsers.join(', ')} (tenant ${DEMO_TENANT})`);
    lines.push(`  Password     ${passwordLine(config)}`);
  }
  lines.push(`  Started in   ${elapsed(began)}`);
  lines.push(`  Logs         ${dev ? 'here' : logFile(config.DATA_DIR, '*')}`, '  Stop         Ctrl-C\n');
  console.log(lines.join('\n'));
}

function passwordLine(config: Config): string {
  const password = unshownPassword;
  unshownPassword = undefined;
  if (password) return `${password} (made up now and shown only this once)`;
  return config.DEMO_PASSWORD ? 'DEMO_PASSWORD of the first start' : 'as printed at the first start';
}

/** Stops everything in order, once, and leaves. */
function end(code: number): Promise<never> {
  ending ??= (async () => {
    if (unshownPassword) console.log(`The demo users were made with the password ${unshownPassword}`);
    if (Object.values(running).some(Boolean)) console.log('Stopping …');
    for (const parts of [['worker', 'api'], ['temporal'], ['postgres']] as const) {
      await Promise.all(parts.map((part) => running[part]?.stop()));
    }
    process.exit(code);
  })();
  return ending;
}

/** Started by npm, this process must not outlive it, even if npm was killed and could tell nobody. */
function endWithNpm(): void {
  if (!process.env['npm_lifecycle_event']) return;
  const parent = process.ppid;
  setInterval(() => { if (process.ppid !== parent) void end(0); }, 1_000).unref();
}
