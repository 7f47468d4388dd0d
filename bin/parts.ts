import { open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../db/platform/config.ts';
import { codecPath } from '../domain/platform/operations/codec.contract.ts';
import { startChild } from './child.ts';
import { Failure } from './failure.ts';
import { keepRunning, type KeptPart, type Running } from './kept-part.ts';
import { type Postgres, startPostgres } from './postgres.ts';
import type { Say } from './progress.ts';
import { startTemporal, type Temporal } from './temporal.ts';

const UI_PORT = 8233;
const READY_MS = 180_000;
const CRASHES_AT_START_MAX = 3;

const tell = (sentence: string): void => console.error(sentence);

/** PostgreSQL, started again at the same port if it ends, so that the other parts find it. */
export function keepPostgres(config: Config): Promise<KeptPart<Postgres>> {
  const start = (before?: Postgres): Promise<Postgres> => startPostgres({
    dataDir: config.DATA_DIR, url: config.DATABASE_URL, appUrl: config.APP_DATABASE_URL,
    relayUrl: config.RELAY_DATABASE_URL, port: before?.port ?? config.DATABASE_PORT,
  });
  return keepRunning({ name: 'PostgreSQL', start, tell });
}

/** Temporal, started again at the same ports if it ends. */
export function keepTemporal(config: Config, say: Say): Promise<KeptPart<Temporal>> {
  const portOf = (url: string): number => Number(url.slice(url.lastIndexOf(':') + 1));
  const order = config.TEMPORAL_UI_PORT;
  const start = (before?: Temporal): Promise<Temporal> => startTemporal({
    dataDir: config.DATA_DIR, address: config.TEMPORAL_ADDRESS, uiUrl: config.TEMPORAL_UI_URL, cli: config.TEMPORAL_CLI,
    namespace: config.TEMPORAL_NAMESPACE, port: before ? portOf(before.address) : config.TEMPORAL_PORT, say,
    codecEndpoint: config.ENCRYPT_PAYLOADS ? `${config.ORIGIN}${codecPath}` : undefined,
    ui: before?.uiUrl ? { order: portOf(before.uiUrl) } : order === undefined ? { wish: UI_PORT } : { order },
  });
  return keepRunning({ name: 'Temporal', start, tell });
}

export type ProgramOptions = { name: string; script: string; env: NodeJS.ProcessEnv; log: string; stopMs: number };

/** One of our own programs, started again whenever it ends. */
export function keepProgram({ name, script, env, log, stopMs }: ProgramOptions): Promise<KeptPart<Running>> {
  const start = async (): Promise<Running> => {
    const written = await sizeOf(log);
    const child = await startChild({ command: process.execPath, args: [script], env, log });
    const exited = child.exited.then(async (end) => [end, await lastLine(log, written)].filter(Boolean).join(': '));
    return { exited, stop: () => child.stop(stopMs) };
  };
  return keepRunning({ name, start, tell });
}

/** Waits until the API says that all it needs is there. */
export async function untilReady(url: string, parts: KeptPart<Running>[], logs: string): Promise<void> {
  let problem = 'no answer';
  for (const deadline = Date.now() + READY_MS; Date.now() < deadline; await pause(100)) {
    if (parts.some((part) => part.crashes() >= CRASHES_AT_START_MAX)) {
      throw new Failure(`Throughline did not start; its logs are in ${logs}.`);
    }
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) }).catch(() => undefined);
    if (response?.ok) return;
    if (response) problem = (await response.text()).slice(0, 300);
  }
  throw new Failure(`Throughline did not become ready (${problem}); its logs are in ${logs}.`);
}

async function sizeOf(path: string): Promise<number> {
  return (await stat(path).catch(() => undefined))?.size ?? 0;
}

/** The last thing a program wrote to its log before it ended, which most often says why. */
async function lastLine(log: string, before: number): Promise<string> {
  const file = await open(log).catch(() => undefined);
  if (!file) return '';
  const { size } = await file.stat();
  const length = Math.max(0, Math.min(size - before, 4_000));
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length).finally(() => file.close());
  const lines = buffer.toString('utf8').trim().split('\n');
  const telling = lines.findLast((line) => /error/i.test(line)) ?? lines.at(-1) ?? '';
  return telling.trim().slice(0, 200);
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => { setTimeout(resolve, ms); });
}

export const logFile = (dataDir: string, name: string): string => join(dataDir, 'logs', `${name}.log`);
