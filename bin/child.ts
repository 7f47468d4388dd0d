import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, mkdirSync, openSync, renameSync, statSync } from 'node:fs';
import { Socket } from 'node:net';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline';
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
  /** A file for its output, or `inherit` for the terminal; thrown away without. */
  log?: string | undefined;
  /** Hears each line of its output instead. */
  onLine?: (line: string) => void;
  /** The signal that means "stop in order" to it. */
  stopSignal?: NodeJS.Signals;
  /** True for a tool whose own children must end with it. */
  stopGroup?: boolean;
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
  const { command, args, env, cwd, uid, gid, onLine, stopSignal = 'SIGTERM', stopGroup = false } = options;
  const out = onLine ? 'pipe' : outputTo(options.log);
  const started = spawn(command, args, { env, cwd, uid, gid, detached: true, stdio: ['ignore', out, out] });
  if (typeof out === 'number') closeSync(out);
  for (const stream of [started.stdout, started.stderr]) {
    if (stream && onLine) createInterface({ input: stream }).on('line', onLine);
  }
  const exited = endOf(started);
  await spawned(started);
  const pid = started.pid ?? 0;
  const target = stopGroup ? -pid : pid;
  watch(`+${target} ${stopSignal}`);
  let alive = true;
  exited.then(() => { alive = false; watch(`-${target}`); });
  const stop = async (graceMs = 5_000): Promise<void> => {
    if (!alive) return;
    signalTo(target, stopSignal);
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

function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => child.once('exit', (code, signal) => {
    resolve(signal ? `signal ${signal}` : `exit code ${code}`);
  }));
}

function outputTo(log: string | undefined): number | 'inherit' | 'ignore' {
  if (!log || log === 'inherit') return log ? 'inherit' : 'ignore';
  return openLog(log);
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
