import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startChild } from './child.ts';
import { Failure } from './failure.ts';
import { step } from './progress.ts';
import { hashSources } from './source-hash.ts';

const SOURCES = ['web/src', 'web/static', 'domain', 'vite.config.ts', 'package.json', 'package-lock.json'];

/** Builds the web pages, unless the build that is there came from the same sources. */
export async function buildWeb(root: string): Promise<void> {
  const stamp = join(root, 'web', 'build', '.sources');
  const hash = await hashSources(SOURCES.map((path) => join(root, path)));
  if ((await readFile(stamp, 'utf8').catch(() => '')) === hash) return;
  await step('Web pages', async (say) => {
    const lines: string[] = [];
    const vite = join(root, 'node_modules', 'vite', 'bin', 'vite.js');
    const child = await startChild({
      command: process.execPath, args: [vite, 'build'], cwd: root, env: { ...process.env, NODE_ENV: 'production' },
      onLine: (line) => { lines.push(line); }, stopGroup: true,
    });
    say('once for each version of the sources');
    const end = await child.exited;
    if (end !== 'exit code 0') throw new Failure(`The web pages could not be built.\n${lines.slice(-15).join('\n')}`);
    await writeFile(stamp, hash);
  });
}
