import { execFile } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Connection } from '@temporalio/client';
import { startChild } from '../child.ts';
import { connected } from '../database-roles.ts';
import { Failure } from '../failure.ts';
import { portIsFree } from '../port.ts';
import type { Say } from '../progress.ts';
import { connectWithin, type Temporal } from '../temporal.ts';
import { type ServerTools, serverTools } from './temporal-server-tools.ts';

const READY_MS = 120_000;
const SERVICES = ['frontend', 'history', 'matching', 'worker'] as const;
const DATABASES = { default: 'temporal', visibility: 'temporal_visibility' } as const;
const SCHEMAS = { default: 'postgresql/v12/temporal', visibility: 'postgresql/v12/visibility' } as const;

export type TemporalServerOptions = {
  /** Where its settings, the ports that it had and its log lie. */
  folder: string;
  /** Somebody who may make databases on the PostgreSQL that it keeps its state in. */
  adminUrl: string;
  namespace?: string;
  /** Events after which a run is asked to continue as new; the server's own limit unless said. */
  longHistory?: number | undefined;
  say?: Say;
};

/** The Temporal server of the production shape, on PostgreSQL, as in docker-compose.yml; built with Go once. */
export async function startTemporalServer(options: TemporalServerOptions): Promise<Temporal> {
  const { namespace = 'default', say = () => undefined } = options;
  const folder = join(options.folder, 'temporal');
  await mkdir(folder, { recursive: true });
  const tools = await serverTools(say);
  for (const store of ['default', 'visibility'] as const) await prepareDatabase(tools, options.adminUrl, store);
  const ports = await keptPorts(folder);
  await writeSettings(folder, settingsOf(options.adminUrl, ports, folder), options.longHistory);
  const log = join(options.folder, 'logs', 'temporal.log');
  const args = ['--root', folder, '--config', '.', '--env', 'production', '--allow-no-auth', 'start'];
  const child = await startChild({ command: tools.server, args, log, stopSignal: 'SIGTERM' });
  const address = `127.0.0.1:${ports[0]}`;
  const { Connection } = await import('@temporalio/client');
  const connect = (): Promise<Connection> => Connection.connect({ address, connectTimeout: 2_000 });
  const connection = await connectWithin(connect, READY_MS, child);
  try {
    if (!connection) throw new Failure(`The Temporal server does not answer; its log is ${log}.`);
    await ensureNamespace(connection, namespace);
  } catch (error) {
    await child.stop();
    throw error;
  } finally {
    await connection?.close();
  }
  return { address, pid: child.pid, exited: child.exited, stop: () => child.stop(10_000) };
}

type Store = keyof typeof DATABASES;

/** Makes the database when it is missing, and brings its schema to the server's version. */
async function prepareDatabase({ sql }: ServerTools, adminUrl: string, store: Store): Promise<void> {
  const name = DATABASES[store];
  await ensureDatabase(adminUrl, name);
  const { hostname, port, username, password } = new URL(adminUrl);
  const tool = async (...args: string[]): Promise<void> => {
    const server = ['--ep', hostname, '-p', port || '5432', '-u', username, '--pw', decodeURIComponent(password)];
    await promisify(execFile)(sql, ['--plugin', 'postgres12', ...server, '--db', name, ...args]).catch((error) => {
      const said = String(error.stdout || error.stderr).trim().split('\n').at(-1);
      throw new Failure(`The schema of ${name} could not be made: ${said}`);
    });
  };
  const client = await connected(Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href);
  const { rows } = await client.query(`select to_regclass('schema_version') is not null as made`);
  await client.end();
  if (!rows[0].made) await tool('setup-schema', '-v', '0.0');
  await tool('update-schema', '--schema-name', SCHEMAS[store]);
}

async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const admin = await connected(adminUrl);
  try {
    const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [name]);
    if (!rowCount) await admin.query(`create database ${name}`);
  } finally {
    await admin.end();
  }
}

/** Two for each service, the same at every start: the members of the cluster find each other by them. */
async function keptPorts(folder: string): Promise<number[]> {
  const note = join(folder, 'ports');
  const kept = await readFile(note, 'utf8').then((text) => text.split(' ').map(Number), () => []);
  if (kept.length === SERVICES.length * 2) return kept;
  const ports = new Set<number>();
  while (ports.size < SERVICES.length * 2) {
    // Temporal keeps them in a column that ends at 32767.
    const port = randomInt(10_000, 32_000);
    if (await portIsFree(port)) ports.add(port);
  }
  await writeFile(note, [...ports].join(' '));
  return [...ports];
}

function settingsOf(adminUrl: string, ports: number[], folder: string): object {
  const { host, username, password } = new URL(adminUrl);
  const store = (name: Store, maxConns: number): object => ({
    sql: {
      pluginName: 'postgres12', databaseName: DATABASES[name], connectAddr: host, connectProtocol: 'tcp',
      user: username, password: decodeURIComponent(password), maxConns, maxIdleConns: maxConns, maxConnLifetime: '1h',
    },
  });
  const rpc = (n: number): object => ({
    rpc: { grpcPort: ports[n], membershipPort: ports[n + SERVICES.length], bindOnIP: '127.0.0.1' },
  });
  return {
    log: { stdout: true, level: 'warn' },
    persistence: {
      defaultStore: 'default', visibilityStore: 'visibility', numHistoryShards: 4,
      datastores: { default: store('default', 20), visibility: store('visibility', 10) },
    },
    global: { membership: { maxJoinDuration: '30s', broadcastAddress: '127.0.0.1' } },
    services: Object.fromEntries(SERVICES.map((service, n) => [service, rpc(n)])),
    clusterMetadata: {
      enableGlobalNamespace: false, failoverVersionIncrement: 10, masterClusterName: 'active',
      currentClusterName: 'active',
      clusterInformation: {
        active: {
          enabled: true, initialFailoverVersion: 1, rpcName: 'frontend', rpcAddress: `127.0.0.1:${ports[0]}`,
        },
      },
    },
    dcRedirectionPolicy: { policy: 'noop' },
    dynamicConfigClient: { filepath: join(folder, 'dynamic.yaml'), pollInterval: '60s' },
  };
}

/** JSON is YAML, too. With the password of the database in it, it is for us alone. */
async function writeSettings(folder: string, settings: object, longHistory: number | undefined): Promise<void> {
  const limits = longHistory ? { 'limit.historyCount.suggestContinueAsNew': [{ value: longHistory }] } : {};
  await writeFile(join(folder, 'dynamic.yaml'), JSON.stringify(limits));
  await writeFile(join(folder, 'production.yaml'), JSON.stringify(settings, undefined, 2), { mode: 0o600 });
}

/** As the image of docker-compose.yml does; a new namespace is known to all services within some seconds. */
async function ensureNamespace(connection: Connection, namespace: string): Promise<void> {
  const { workflowService } = connection;
  const { msToTs } = await import('@temporalio/common/lib/time.js');
  const known = (): Promise<boolean> => workflowService.describeNamespace({ namespace }).then(() => true, () => false);
  for (const deadline = Date.now() + READY_MS; !(await known()); await pause(200)) {
    if (Date.now() > deadline) throw new Failure(`Temporal did not make the namespace ${namespace}.`);
    const workflowExecutionRetentionPeriod = msToTs('30 days');
    // Refused while the services find each other, or because it is there since a moment.
    await workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod }).catch(() => undefined);
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => { setTimeout(done, ms); });
}
