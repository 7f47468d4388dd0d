import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { Connection } from '@temporalio/client';
import { searchAttributes } from '../domain/platform/search-attributes.ts';
import { type Child, signalTo, startChild, within } from './child.ts';
import { Failure } from './failure.ts';
import { freePort, portIsFree } from './port.ts';
import type { Say } from './progress.ts';
import { temporalCli } from './temporal-cli.ts';

const READY_MS = 120_000;
const REACH_MS = 10_000;

export type TemporalOptions = {
  /** Keeps the state below this folder; in memory without. */
  dataDir?: string | undefined;
  /** TEMPORAL_ADDRESS: use this server instead of one of our own. */
  address?: string | undefined;
  /** TEMPORAL_UI_URL, for a server that is not ours. */
  uiUrl?: string | undefined;
  /** TEMPORAL_CLI. */
  cli?: string | undefined;
  namespace?: string | undefined;
  port?: number | undefined;
  /** `false` for no UI. A wish gives way to a free port when it is in use, an order does not. */
  ui?: false | { wish: number } | { order: number };
  /** Where its page asks for the payloads of processes in clear, when they are encrypted. */
  codecEndpoint?: string | undefined;
  log?: string | undefined;
  /** Events after which a run is asked to continue as new; the server's own limit unless said. */
  longHistory?: number;
  say?: Say;
};

export type Temporal = {
  address: string;
  uiUrl?: string | undefined;
  /** Of our own server. */
  pid?: number;
  /** Settles when our own server ends. */
  exited: Promise<string>;
  stop(): Promise<void>;
};

/** A Temporal server: the one of TEMPORAL_ADDRESS, or the CLI's own, which knows our search attributes. */
export async function startTemporal(options: TemporalOptions): Promise<Temporal> {
  const namespace = options.namespace ?? 'default';
  if (!options.address) return startServer(options, namespace);
  await untilReady(options.address, namespace, REACH_MS);
  const { address, uiUrl } = options;
  return { address, uiUrl, exited: new Promise(() => undefined), stop: async () => undefined };
}

async function startServer(options: TemporalOptions, namespace: string): Promise<Temporal> {
  const { dataDir, say = () => undefined } = options;
  const cli = await temporalCli(options.cli, say);
  const store = dataDir ? resolve(dataDir, 'temporal.db') : undefined;
  if (dataDir) await mkdir(dataDir, { recursive: true });
  if (store) await endOrphan(store);
  // Somebody may take one of the free ports, ours or one that the server chose within, before the server does.
  for (let left = options.port === undefined ? 2 : 0; ; left -= 1) {
    const port = await serverPort(options.port);
    const uiPort = await chooseUiPort(options.ui ?? false);
    const log = options.log ?? (dataDir ? join(dataDir, 'logs', 'temporal.log') : undefined);
    const args = serverArgs({ ...options, port, uiPort, namespace, store });
    const child = await startChild({ command: cli, args, log, stopSignal: 'SIGTERM' });
    if (store) await writeFile(`${store}.pid`, `${child.pid}\n`);
    const address = `127.0.0.1:${port}`;
    try {
      await untilReady(address, namespace, READY_MS, child);
    } catch (error) {
      const ended = !child.running();
      await child.stop();
      if (ended && left > 0) continue;
      throw error;
    }
    const uiUrl = uiPort ? `http://localhost:${uiPort}` : undefined;
    return { address, uiUrl, pid: child.pid, exited: child.exited, stop: () => child.stop(2_500) };
  }
}

type ServerArgs = Pick<TemporalOptions, 'longHistory' | 'codecEndpoint'> & {
  port: number;
  uiPort: number | undefined;
  namespace: string;
  store: string | undefined;
};

export function serverArgs({ port, uiPort, namespace, store, longHistory, codecEndpoint }: ServerArgs): string[] {
  // With these pragmas the file is as fast as memory; a crash of the machine may cost the last moments, which the
  // processes make up from the database.
  const pragmas = ['journal_mode=wal', 'synchronous=1'].flatMap((pragma) => ['--sqlite-pragma', pragma]);
  const file = store && ['--db-filename', store, ...pragmas];
  const long = longHistory && ['--dynamic-config-value', `limit.historyCount.suggestContinueAsNew=${longHistory}`];
  return [
    'server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--namespace', namespace,
    '--log-level', 'error', ...(uiPort ? ['--ui-port', String(uiPort)] : ['--headless']),
    ...(uiPort && codecEndpoint ? ['--ui-codec-endpoint', codecEndpoint] : []), ...(file ?? []), ...(long || []),
    ...Object.entries(searchAttributes).flatMap(([name, type]) => ['--search-attribute', `${name}=${type}`]),
  ];
}

async function serverPort(port: number | undefined): Promise<number> {
  if (port === undefined || (await portIsFree(port))) return port ?? freePort();
  throw new Failure(`TEMPORAL_PORT ${port} is in use: stop what listens there, or choose another.`);
}

async function chooseUiPort(ui: NonNullable<TemporalOptions['ui']>): Promise<number | undefined> {
  if (!ui) return undefined;
  if ('wish' in ui) return freePort(ui.wish);
  if (await portIsFree(ui.order)) return ui.order;
  throw new Failure(`TEMPORAL_UI_PORT ${ui.order} is in use: stop what listens there, or choose another.`);
}

/** Ends a server that an earlier start left behind on this store: two would spoil it. */
async function endOrphan(store: string): Promise<void> {
  const pid = Number(await readFile(`${store}.pid`, 'utf8').catch(() => '0'));
  if (!pid || !signalTo(pid, 0)) return;
  const asked = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => undefined);
  if (!asked?.stdout.includes(store)) return;
  signalTo(pid, 'SIGTERM');
  const gone = (async () => { while (signalTo(pid, 0)) await pause(50); })();
  if (!(await within(gone, 5_000))) signalTo(pid, 'SIGKILL');
}

/** Waits until the server answers and has the namespace. */
async function untilReady(address: string, namespace: string, limitMs: number, child?: Child): Promise<void> {
  const { Connection } = await import('@temporalio/client');
  const connection = await connectWithin(() => Connection.connect({ address, connectTimeout: 2_000 }), limitMs, child);
  if (!connection) throw new Failure(child ? await whyNot(child) : `No Temporal server answers at ${address}.`);
  try {
    await connection.workflowService.describeNamespace({ namespace });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure(`Temporal at ${address}, namespace ${namespace}: ${why}`);
  } finally {
    await connection.close();
  }
}

type Connect = () => Promise<Connection>;

/** Asks again until somebody answers, the time is over, or the server has ended. */
export async function connectWithin(
  connect: Connect, limitMs: number, child?: Child,
): Promise<Connection | undefined> {
  for (const deadline = Date.now() + limitMs; Date.now() < deadline && (child?.running() ?? true); await pause(50)) {
    const connection = await connect().catch(() => undefined);
    if (connection) return connection;
  }
  return undefined;
}

async function whyNot(child: Child): Promise<string> {
  if (child.running()) return 'The Temporal server does not answer; its log is logs/temporal.log in DATA_DIR.';
  return `The Temporal server ended with ${await child.exited}; its log is logs/temporal.log in DATA_DIR.`;
}

function pause(ms: number): Promise<void> {
  return new Promise((done) => { setTimeout(done, ms); });
}
