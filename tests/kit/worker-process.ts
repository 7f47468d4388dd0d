import { dirname } from 'node:path';
import type { App } from './app.ts';
import { spawnProgram, type Program } from './program.ts';
import { workflowBundle } from './services.ts';

export type WorkerProcess = Program;
export interface WorkerOptions {
  /** Where it kills itself: `<verb>:<nth>`, see kill-point.ts. */
  killAfter?: string;
  /** How far its machine's clock is off. */
  clockOffMs?: number;
}

const killPoint = new URL('./faults/kill-point.ts', import.meta.url).href;
const clockOff = new URL('./faults/clock-off.ts', import.meta.url).href;

/** The product's own worker, as a process that can be killed. */
export async function spawnWorker(app: App, { killAfter, clockOffMs }: WorkerOptions = {}): Promise<WorkerProcess> {
  const preloads = [...(killAfter ? [killPoint] : []), ...(clockOffMs ? [clockOff] : [])];
  return spawnProgram({
    main: 'activities/worker.ts',
    says: 'worker is up',
    flags: preloads.flatMap(file => ['--import', file]),
    env: {
      ...app.env,
      DATA_DIR: await bundleFolder(),
      KILL_AFTER: killAfter,
      CLOCK_OFF_MS: clockOffMs === undefined ? undefined : `${clockOffMs}`,
    },
  });
}

/** Where a worker finds the bundle of this test run. */
export const bundleFolder = async (): Promise<string> => dirname(dirname((await workflowBundle()).codePath));
