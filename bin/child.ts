import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { codeOf } from './failure.ts';

const LOG_BYTES_MAX = 20_000_000;

export type ChildOptions = {
  command: string;
  args: string[];
  env?: NodeJS.ProcessEnv;
  cwd?: string;
  uid?: number | undefined;
  gid?: number | undefined;
  /** Where its output goes; thrown away without. */
  log?: string | undefined;
  /** The signal that means "stop in order" to it. */
  stopSignal?: NodeJS.Signals;
};

export type Child = {
  pid: number;
  /** Settles with a description of the end, such as `exit code 1`. */
  exited: Promise<string>;
  running(): boolean;
  /** Asks it to stop and, when the time is over, ends it and its whole process group. */
  stop(graceMs?: number): Promise<void>;
};

/**
 * Starts a process in a group of its own: Ctrl-C in the terminal does not reach it, so that its parent stops all in
 * order, and the watchdog ends it if the parent dies without a word.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const { command, args, env, cwd, uid, gid, stopSignal = 'SIGTERM' } = options;
  const log = options.log ? openLog(options.log) : 'ignore';
  const process_ = spawn(command, args, { env, cwd, uid, gid, detached: true, stdio: ['ignore', log, log] });
  if (typeof log === 'number') closeSync(log);
  await spawned(process_);
  const pid = process_.pid ?? 0;
  watch(`+${pid} ${stopSignal}`);
  let alive = true;
  const exited = new Promise<string>((resolve) => process_.once('exit', (code, signal) => {
    alive = false;
    watch(`-${pid}`);
    resolve(signal ? `signal ${signal}` : `exit code ${code}`);
  }));
  const stop = async (graceMs = 5_000): Promise<void> => {
    if (!alive) return;
    signalTo(pid, stopSignal);
    if (await within(exited, graceMs)) return;
    signalTo(-pid, 'SIGKILL');
    await exited;
  };
  return { pid, exited, running: () => alive, stop };
}

/** Sends a signal; says whether there was somebody to get it. Signal 0 only asks. */
export function signalTo(pid: number, signal: NodeJS.Signals | 0): boolean {
  try {
    return process.kill(pid, signal);
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Whether the promise settled in time. */
export async function within(promise: Promise<unknown>, ms: number): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => { timer = setTimeout(() => resolve(false), ms); });
  const inTime = await Promise.race([promise.then(() => true), late]);
  clearTimeout(timer);
  return inTime;
}

function spawned(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => child.once('spawn', resolve).once('error', reject));
}

function openLog(path: string): number {
  mkdirSync(dirname(path), { recursive: true });
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > LOG_BYTES_MAX) renameSync(path, `${path}.old`);
  return openSync(path, 'a');
}

let watchdog: ChildProcess | undefined;

function watch(line: string): void {
  if (!watchdog) {
    const script = fileURLToPath(new URL('watchdog.ts', import.meta.url));
    watchdog = spawn(process.execPath, [script], { detached: true, stdio: ['pipe', 'ignore', 'ignore'] });
    watchdog.stdin?.on('error', () => undefined);
    watchdog.unref();
    if (watchdog.stdin instanceof Socket) watchdog.stdin.unref();
  }
  watchdog.stdin?.write(`${line}\n`);
}
