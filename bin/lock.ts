import { execFile } from 'node:child_process';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { signalTo } from './child.ts';
import { codeOf, Failure } from './failure.ts';

/** Takes the data folder for this process until it ends; refuses when another start is running on it. */
export async function lockDataDir(dataDir: string, url: string): Promise<void> {
  const path = join(dataDir, 'running.json');
  await mkdir(dataDir, { recursive: true });
  const holder = await holderOf(path);
  if (holder) {
    throw new Failure(`Throughline is already running at ${holder.url} on ${dataDir} (process ${holder.pid}).`
      + ' Stop it first, or give this one another DATA_DIR and PORT.');
  }
  await rm(path, { force: true });
  const note = JSON.stringify({ pid: process.pid, url });
  await writeFile(path, note, { flag: 'wx' }).catch((error) => {
    if (codeOf(error) !== 'EEXIST') throw error;
    throw new Failure(`Another start is taking ${dataDir} right now.`);
  });
  process.once('exit', () => rmSync(path, { force: true }));
}

type Holder = { pid: number; url: string };

async function holderOf(path: string): Promise<Holder | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (!text) return undefined;
  const holder: Holder = JSON.parse(text);
  if (!signalTo(holder.pid, 0)) return undefined;
  // The number may belong to a stranger by now, as after a restart of the machine.
  const asked = await promisify(execFile)('ps', ['-o', 'command=', '-p', String(holder.pid)]).catch(() => undefined);
  return asked?.stdout.includes('start.ts') ? holder : undefined;
}
