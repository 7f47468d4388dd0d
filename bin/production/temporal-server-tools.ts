import { access, constants, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheFolder } from '../cache.ts';
import { startChild } from '../child.ts';
import { Failure } from '../failure.ts';
import type { Say } from '../progress.ts';
import { isNoProgram } from '../temporal-cli.ts';

/** The one of docker-compose.yml. */
export const SERVER_VERSION = '1.29.1';
const PACKAGES = ['server', 'tools/sql'].map((name) => `go.temporal.io/server/cmd/${name}@v${SERVER_VERSION}`);

export type ServerTools = { server: string; sql: string };

/** The Temporal server and the tool that makes its schema, built with Go once for all checkouts of this user. */
export async function serverTools(say: Say): Promise<ServerTools> {
  const folder = await cacheFolder(`bin/temporal-server-${SERVER_VERSION}`);
  const tools = { server: join(folder, 'server'), sql: join(folder, 'sql') };
  if (!(await isThere(tools.server)) || !(await isThere(tools.sql))) await build(folder, tools, say);
  return tools;
}

const isThere = (path: string): Promise<boolean> => access(path, constants.X_OK).then(() => true, () => false);

async function build(folder: string, tools: ServerTools, say: Say): Promise<void> {
  const aside = join(folder, 'building');
  await mkdir(aside, { recursive: true });
  let built = 0;
  let last = '';
  const onLine = (line: string): void => {
    last = line;
    if (!line.startsWith('go: ')) built += 1;
    say(`Go builds Temporal ${SERVER_VERSION} once, 5 to 30 min; ${built} packages so far`);
  };
  const go = await startChild({
    command: 'go', args: ['install', '-v', ...PACKAGES], env: { ...process.env, GOBIN: aside }, onLine,
    stopSignal: 'SIGKILL', stopGroup: true,
  }).catch((error) => {
    throw isNoProgram(error) ? new Failure('The Temporal server is built with Go, which is not there.') : error;
  });
  if (await go.exited !== 'exit code 0') throw new Failure(`Go could not build the Temporal server: ${last}`);
  for (const name of ['sql', 'server'] as const) await rename(join(aside, name), tools[name]);
}
