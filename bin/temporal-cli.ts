import { execFile } from 'node:child_process';
import { access, constants, rename } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { cacheFolder } from './cache.ts';
import { startChild } from './child.ts';
import { codeOf, Failure } from './failure.ts';
import type { Say } from './progress.ts';
import { downloadBySdk } from './sdk-download.ts';

/** The newest tag that `go install` builds: later ones have a replace line in go.mod, which it refuses. */
const GO_PACKAGE = 'github.com/temporalio/cli/cmd/temporal@v1.5.1';

const CHOICES = 'set TEMPORAL_ADDRESS to a running server, or TEMPORAL_CLI to the `temporal` command, '
  + 'or install it (https://docs.temporal.io/cli), or install Go so that it can be built here';

/** The `temporal` command: TEMPORAL_CLI, else on the PATH, else of an earlier start, else downloaded, else built. */
export async function temporalCli(named: string | undefined, say: Say): Promise<string> {
  if (named) {
    if (await works(named)) return named;
    throw new Failure(`TEMPORAL_CLI is ${named}, which is not a working Temporal CLI.`);
  }
  const cached = join(await cacheFolder('bin'), 'temporal');
  for (const path of [...onPath('temporal'), cached]) if (await works(path)) return path;
  if (await downloadBySdk('cli', cached, say)) return cached;
  if (await buildWithGo(cached, say)) return cached;
  throw new Failure('No Temporal server: it could not be downloaded, and there is no Go to build it. '
    + `You may ${CHOICES}.`);
}

/** Every place on the PATH where a command of this name could be. */
export function onPath(name: string): string[] {
  return (process.env['PATH'] ?? '').split(delimiter).filter(Boolean).map((folder) => join(folder, name));
}

async function works(path: string): Promise<boolean> {
  const executable = await access(path, constants.X_OK).then(() => true, () => false);
  if (!executable) return false;
  const answer = await promisify(execFile)(path, ['--version']).catch(() => ({ stdout: '' }));
  return /temporal version .*server/i.test(answer.stdout);
}

async function buildWithGo(target: string, say: Say): Promise<boolean> {
  const folder = await cacheFolder('bin/go');
  let built = 0;
  let last = '';
  let full = false;
  const tell = (): void => say(`no download, so Go builds it once, 3 to 15 min; ${built} packages so far`);
  tell();
  const onLine = (line: string): void => {
    last = line;
    full ||= line.includes('no space left on device');
    if (line.startsWith('go: downloading')) return say(`Go: ${line.slice(4)}`);
    built += 1;
    tell();
  };
  const env = { ...process.env, GOBIN: folder };
  const args = ['install', '-v', GO_PACKAGE];
  const go = await startChild({ command: 'go', args, env, onLine, stopSignal: 'SIGKILL', stopGroup: true })
    .catch((error) => { if (isNoProgram(error)) return undefined; throw error; });
  if (!go) return false;
  if (await go.exited !== 'exit code 0') {
    if (full) throw new Failure('No disk space left to build the Temporal CLI. Free some and start again.');
    throw new Failure(`Go could not build the Temporal CLI: ${last}. You may ${CHOICES}.`);
  }
  await rename(join(folder, 'temporal'), target);
  return true;
}

/** There is none of that name, or one that nobody may run. */
export function isNoProgram(error: unknown): boolean {
  return ['ENOENT', 'EACCES'].includes(codeOf(error) ?? '');
}
