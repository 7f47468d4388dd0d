import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { App } from './app.ts';

export interface WorkerProcess {
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
}

const main = fileURLToPath(new URL('../../activities/worker.ts', import.meta.url));

/** The product's own worker, as a process that can be killed. */
export async function spawnWorker(app: App): Promise<WorkerProcess> {
  const data = await mkdtemp(join(tmpdir(), 'throughline-worker-'));
  const child = spawn(process.execPath, [main], {
    env: { PATH: process.env['PATH'], ...app.env, LOG_LEVEL: 'info', DATA_DIR: data },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes('worker is up')) resolve();
    });
    child.once('exit', code => reject(new Error(`The worker ended with ${code}`)));
  });
  return {
    kill: async signal => {
      child.kill(signal);
      await ended;
    },
  };
}
