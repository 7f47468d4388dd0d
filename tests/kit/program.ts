import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

export interface Program {
  kill(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>;
  /** Settles with what ended it. */
  ended: Promise<NodeJS.Signals | number | null>;
}
export interface ProgramOptions {
  /** `api/main.ts`, `activities/worker.ts`. */
  main: string;
  env: Record<string, string | undefined>;
  /** What it logs once it is up. */
  says: string;
  flags?: string[];
}

/** Where all programs of all test runs keep what Node made of the sources: they start in half the time. */
export const compiled = fileURLToPath(new URL('../../node_modules/.cache/throughline/compiled', import.meta.url));

/** A program of the product as a process of its own, once it says that it is up. */
export async function spawnProgram({ main, env, says, flags = [] }: ProgramOptions): Promise<Program> {
  const script = fileURLToPath(new URL(`../../${main}`, import.meta.url));
  const child = spawn(process.execPath, [...flags, script], {
    env: { PATH: process.env['PATH'], NODE_COMPILE_CACHE: compiled, ...env, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit').then(([code, signal]) => (signal ?? code) as NodeJS.Signals | number | null);
  await new Promise<void>((resolve, reject) => {
    child.stdout.on('data', (text: Buffer) => {
      if (text.includes(says)) resolve();
    });
    child.once('exit', code => reject(new Error(`${main} ended with ${code}`)));
  });
  return {
    ended,
    kill: async signal => {
      child.kill(signal);
      await ended;
    },
  };
}
