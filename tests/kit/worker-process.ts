import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { App } from './app.ts';
import { workflowBundle } from './services.ts';

export interface WorkerProcess {
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Settles with what ended it. */
  ended: Promise<NodeJS.Signals | number | null>;
}
export interface WorkerOptions {
  /** Where it kills itself: `<verb>:<nth>`, see kill-point.ts. */
  killAfter?: string;
  /** How far its machine's clock is off. */
  clockOffMs?: number;
}

const main = fileURLToPath(new URL('../../activities/worker.ts', import.meta.url));
const killPoint = new URL('./kill-point.ts', import.meta.url).href;
const clockOff = new URL('./faults/clock-off.ts', import.meta.url).href;

/** The product's own worker, as a process that can be killed. */
export async function spawnWorker(app: App, { killAfter, clockOffMs }: WorkerOptions = {}): Promise<WorkerProcess> {
  // The bundle of this test run lies where a worker looks for one.
  const data = dirname(dirname((await workflowBundle()).codePath));
  const preloads = [...(killAfter ? [killPoint] : []), ...(clockOffMs ? [clockOff] : [])];
  const child = spawn(process.execPath, [...preloads.flatMap(file => ['--import', file]), main], {
    env: {
      PATH: process.env['PATH'],
      ...app.env,
      LOG_LEVEL: 'info',
      DATA_DIR: data,
      KILL_AFTER: killAfter,
      CLOCK_OFF_MS: clockOffMs === undefined ? undefined : `${clockOffMs}`,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(([code, signal]) => (signal ?? code) as NodeJS.Signals | number | null);
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('worker is up')) resolve();
    });
    child.once('exit', code => reject(new Error(`The worker ended with ${code}`)));
  });
  return {
    ended,
    kill: async signal => {
      child.kill(signal);
      await ended;
    },
  };
}
