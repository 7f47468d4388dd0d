/**
 * Fetches what the Temporal SDK can download, in a process of its own, because a download of the SDK cannot be
 * cancelled otherwise. Usage: `node bin/sdk-download.ts cli|test-server <folder>`.
 */
import { spawn } from 'node:child_process';
import { mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Say } from './progress.ts';

const CONNECT_MS = 10_000;
const POLL_MS = 250;
export type Tool = 'cli' | 'test-server';

/** Downloads the tool to `target`; false when nothing answers within ten seconds, or the download breaks. */
export async function downloadBySdk(tool: Tool, target: string, say: Say): Promise<boolean> {
  const folder = await mkdtemp(`${target}-`);
  const script = fileURLToPath(import.meta.url);
  const child = spawn(process.execPath, [script, tool, folder], { stdio: ['pipe', 'ignore', 'ignore'] });
  const ended = new Promise<boolean>((resolve) => {
    child.once('exit', (code) => resolve(code === 0)).once('error', () => resolve(false));
  });
  say('asking temporal.download');
  // The SDK makes its file as soon as the server has answered: until then it is only connecting.
  let connected = false;
  const began = Date.now();
  const watch = setInterval(async () => {
    connected ||= (await readdir(folder).catch(() => [])).length > 0;
    if (connected) say('downloading');
    else if (Date.now() - began > CONNECT_MS) child.kill('SIGKILL');
  }, POLL_MS);
  try {
    const file = (await ended) ? (await readdir(folder)).find((name) => !name.endsWith('.downloading')) : undefined;
    if (file) await rename(join(folder, file), target);
    return file !== undefined;
  } finally {
    clearInterval(watch);
    await rm(folder, { recursive: true, force: true });
  }
}

async function download(tool: string, downloadDir: string): Promise<void> {
  // The parent is gone when its end of the pipe is.
  process.stdin.resume().once('end', () => process.exit(1));
  const { TestWorkflowEnvironment } = await import('@temporalio/testing');
  const server = { executable: { type: 'cached-download', downloadDir } } as const;
  const environment = tool === 'cli'
    ? await TestWorkflowEnvironment.createLocal({ server })
    : await TestWorkflowEnvironment.createTimeSkipping({ server });
  await environment.teardown();
  process.exit(0);
}

const [, script, tool, folder] = process.argv;
if (script === fileURLToPath(import.meta.url) && tool && folder) await download(tool, folder);
