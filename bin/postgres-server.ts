import { execFile } from 'node:child_process';
import { chown, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir, totalmem } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { type Child, signalTo, startChild } from './child.ts';
import { codeOf, Failure } from './failure.ts';
import { folderFor, postgresPlace, type PostgresPlace } from './postgres-place.ts';
import { freePort, portIsFree } from './port.ts';

const run = promisify(execFile);
const MAJOR_VERSION = '18';
const READY_MS = 60_000;

export type PostgresServerOptions = {
  dataDir: string;
  /** Of the superuser `postgres`. */
  password: string;
  port?: number | undefined;
  /** False for tests: nothing is lost when the process dies, all is lost when the machine does. */
  durable?: boolean | undefined;
  log?: string | undefined;
};

export type PostgresServer = { adminUrl: string; port: number; child: Child; stop(): Promise<void> };

/** Runs the PostgreSQL that comes with the packages on the data below `dataDir`, which is made when missing. */
export async function startPostgresServer(options: PostgresServerOptions): Promise<PostgresServer> {
  await mkdir(options.dataDir, { recursive: true });
  const place = await postgresPlace(options.dataDir);
  await endOrphan(place.data);
  await initialise(place, options.password);
  const port = await choosePort(options);
  const child = await startChild({
    command: place.postgres, args: serverArgs(place.data, port, options.durable ?? true), cwd: place.data,
    uid: place.uid, gid: place.gid, env: { PATH: process.env['PATH'], TZ: 'UTC' },
    log: options.log, stopSignal: 'SIGINT',
  });
  const adminUrl = `postgres://postgres:${options.password}@127.0.0.1:${port}/postgres`;
  await ready(adminUrl, child, options.log);
  return { adminUrl, port, child, stop: () => child.stop(3_000) };
}

function serverArgs(data: string, port: number, durable: boolean): string[] {
  const settings = {
    // TCP only: a socket in /tmp would be one more thing that two checkouts share.
    listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '200', timezone: 'UTC',
    log_timezone: 'UTC', jit: 'off', log_min_messages: 'warning', shared_buffers: `${sharedMegabytes()}MB`,
    // Tests connect thousands of times, by passwords of that run.
    ...(durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', scram_iterations: '1' }),
  };
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  return ['-D', data, '-p', String(port), ...flags];
}

/** An eighth of the memory: with the default of 128 MB a search among a million records takes half as long again. */
function sharedMegabytes(): number {
  const bytes = Math.min(totalmem(), process.constrainedMemory() || Infinity);
  return Math.min(1024, Math.max(128, Math.floor(bytes / 8 / 1024 / 1024)));
}

async function initialise(place: PostgresPlace, password: string): Promise<void> {
  const version = await readFile(join(place.data, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version?.trim() === MAJOR_VERSION) return;
  if (version) throw new Failure(`${place.data} is of PostgreSQL ${version.trim()}, this is ${MAJOR_VERSION}.`);
  // Made aside and then moved, so that a start that was interrupted leaves no half cluster.
  const fresh = `${place.data}.new`;
  const passwordFile = join(tmpdir(), `throughline-${randomUUID()}`);
  await folderFor(place, fresh);
  await writeFile(passwordFile, password, { mode: 0o600 });
  try {
    if (place.uid !== undefined && place.gid !== undefined) await chown(passwordFile, place.uid, place.gid);
    await run(place.initdb, [
      '-D', fresh, '-U', 'postgres', '--auth=scram-sha-256', `--pwfile=${passwordFile}`, '--encoding=UTF8',
      '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions',
    ], { cwd: fresh, uid: place.uid, gid: place.gid, env: { PATH: process.env['PATH'], TZ: 'UTC' } });
    await rename(fresh, place.data);
  } catch (error) {
    throw new Failure(`PostgreSQL's data could not be made in ${place.data}: ${lastLine(error)}`);
  } finally {
    await rm(passwordFile, { force: true });
  }
}

function lastLine(error: unknown): string {
  const text = typeof error === 'object' && error !== null && 'stderr' in error ? String(error.stderr) : String(error);
  const lines = text.trim().split('\n').map((line) => line.trim());
  return lines.find((line) => line.includes('error:')) ?? lines.at(-1) ?? '';
}

/** The port that is asked for; else the one of the last start, so that tools keep their connection; else any. */
async function choosePort({ port, dataDir }: PostgresServerOptions): Promise<number> {
  if (port !== undefined) {
    if (await portIsFree(port)) return port;
    throw new Failure(`DATABASE_PORT ${port} is in use: stop what listens there, or choose another.`);
  }
  const note = join(dataDir, 'pg-port');
  const last = Number(await readFile(note, 'utf8').catch(() => '0'));
  const chosen = await freePort(last > 0 ? last : undefined);
  await writeFile(note, `${chosen}\n`);
  return chosen;
}

/**
 * Ends a server that an earlier start left behind on these data. The lock of a dead one is left to PostgreSQL, which
 * knows how to take it over, unless its number belongs to a living stranger by now.
 */
async function endOrphan(data: string): Promise<void> {
  const lock = join(data, 'postmaster.pid');
  const pid = Number((await readFile(lock, 'utf8').catch(() => '')).split('\n')[0]);
  if (!pid || !signalTo(pid, 0)) return;
  if (!(await isServerOf(pid, data))) return rm(lock, { force: true });
  signalTo(pid, 'SIGINT');
  for (const deadline = Date.now() + 10_000; signalTo(pid, 0); await pause(50)) {
    if (Date.now() > deadline) throw new Failure(`A PostgreSQL of an earlier start (process ${pid}) does not stop.`);
  }
}

async function isServerOf(pid: number, data: string): Promise<boolean> {
  const { stdout } = await run('ps', ['-o', 'command=', '-p', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout.includes('postgres') && stdout.includes(resolve(data));
}

async function ready(url: string, child: Child, log: string | undefined): Promise<void> {
  for (const deadline = Date.now() + READY_MS; ; await pause(25)) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      if (child.running() && Date.now() < deadline && isNotYet(error)) continue;
      await child.stop();
      const why = child.running() || isNotYet(error) ? await lastLogLine(log) : String(error);
      throw new Failure(`PostgreSQL did not start: ${why}`);
    }
  }
}

/** Refused before it listens; 57P03 while it recovers after a crash. */
function isNotYet(error: unknown): boolean {
  return ['ECONNREFUSED', 'ECONNRESET', '57P03'].includes(codeOf(error) ?? '');
}

async function lastLogLine(log: string | undefined): Promise<string> {
  if (!log) return 'no answer';
  const lines = (await readFile(log, 'utf8').catch(() => '')).trim().split('\n');
  const fatal = lines.findLast((line) => /FATAL|PANIC|ERROR/.test(line)) ?? lines.at(-1) ?? '';
  return `${fatal.replace(/^.*?(FATAL|PANIC|ERROR)/, '$1')} (${basename(log)} has more)`;
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, ms); });
}
