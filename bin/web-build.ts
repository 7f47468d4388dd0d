import { rmSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { signalTo, startChild } from './child.ts';
import { Failure } from './failure.ts';
import { step } from './progress.ts';
import { hashSources } from './source-hash.ts';

const SOURCES = ['web/src', 'web/static', 'domain', 'vite.config.ts', 'package.json', 'package-lock.json'];

/** Builds the web pages, unless the build that is there came from the same sources. */
export async function buildWeb(root: string): Promise<void> {
  const stamp = join(root, 'web', 'build', '.sources');
  const hash = await hashSources(root, SOURCES);
  const isBuilt = async (): Promise<boolean> => (await readFile(stamp, 'utf8').catch(() => '')) === hash;
  if (await isBuilt()) return;
  await step('Web pages', (say) => aloneOn(join(root, 'web', '.building'), async () => {
    if (await isBuilt()) return;
    const lines: string[] = [];
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const child = await startChild({
      command: process.execPath, args: [vite, 'build'], cwd: root, env: { ...process.env, NODE_ENV: 'production' },
      onLine: (line) => { lines.push(line); }, stopGroup: true,
    });
    say('once for each version of the sources');
    const end = await child.exited;
    if (end !== 'exit code 0') {
      const reasons = lines.filter((line) => !/^ +at /.test(line)).slice(-15);
      throw new Failure(`The web pages could not be built.\n${reasons.join('\n')}`);
    }
    await writeFile(stamp, hash);
  }));
}

/** Two starts from one checkout (with data folders of their own) would write into each other's build. */
async function aloneOn(path: string, work: () => Promise<void>): Promise<void> {
  while (!(await take(path))) await new Promise((resolve) => { setTimeout(resolve, 500); });
  const free = (): void => rmSync(path, { force: true });
  process.once('exit', free);
  await work().finally(free);
  process.off('exit', free);
}

async function take(path: string): Promise<boolean> {
  const holder = Number(await readFile(path, 'utf8').catch(() => '0'));
  if (holder && signalTo(holder, 0)) return false;
  await rm(path, { force: true });
  return writeFile(path, String(process.pid), { flag: 'wx' }).then(() => true, () => false);
}
