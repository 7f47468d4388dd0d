import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, expect, test } from '@jest/globals';
import { freePort } from './port.ts';
import { startTemporal, type TemporalOptions } from './temporal.ts';

const folder = mkdtempSync(join(tmpdir(), 'throughline-tools-'));
const bin = fileURLToPath(new URL('.', import.meta.url));
let taken: Server | undefined;
afterEach(() => { taken?.close(); });
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let made = 0;
/** A folder for the PATH with nothing but these programs, each a few lines of shell. */
function only(programs: Record<string, string>, mode = 0o755): string {
  const place = join(folder, `path-${made += 1}`);
  mkdirSync(place);
  for (const [name, lines] of Object.entries(programs)) {
    writeFileSync(join(place, name), `#!/bin/sh\n${lines}\n`);
    chmodSync(join(place, name), mode);
  }
  return place;
}

const temporalCli = `(await import('./temporal-cli.ts')).temporalCli(undefined, () => {})`;

interface Ran {
  code: number | null;
  lines: string[];
}
/** Looks for a server as a start does, in a process of its own: no download gets through, and nothing is kept yet. */
function looking(path: string, find = temporalCli): Promise<Ran> {
  const script = `
    const { command } = await import('./failure.ts');
    await command(async () => console.log(await ${find}));`;
  const proxy = 'http://127.0.0.1:9';
  const env = {
    PATH: path, HOME: path, XDG_CACHE_HOME: join(path, 'cache'), HTTPS_PROXY: proxy, https_proxy: proxy,
  };
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], { cwd: bin, env });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => { output += text; });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, lines: output.trim().split('\n') }));
  });
}

const choices = /set TEMPORAL_ADDRESS .*TEMPORAL_CLI .*or install Go so that it can be built here\.$/;
const noGo = /^No Temporal server: it could not be downloaded, and there is no Go to build it\. You may /;

test.each([
  ['no Go', only({}), noGo],
  ['a Go that nobody may run', only({ go: '' }, 0o644), noGo],
  [
    'a build that fails', only({ go: 'echo "go: downloading a v1"; echo "go: no route to proxy" >&2; exit 1' }),
    /^Go could not build the Temporal CLI: go: no route to proxy\. You may /,
  ],
])('without a download and with %s, one line says what to do', async (_, path, line) => {
  const { code, lines } = await looking(path);
  expect([code, lines]).toEqual([1, [expect.stringMatching(line)]]);
  expect(lines[0]).toMatch(choices);
});

test('a build that runs out of disk is one line', async () => {
  const go = 'echo "mkdir /tmp/go-build1: no space left on device" >&2; echo "go: exit status 1" >&2; exit 1';
  expect(await looking(only({ go }))).toEqual({
    code: 1, lines: ['No disk space left to build the Temporal CLI. Free some and start again.'],
  });
});

test('what Go built is taken', async () => {
  const path = only({ go: 'echo "go: downloading a v1"; : > "$GOBIN/temporal"' });
  expect(await looking(path)).toEqual({ code: 0, lines: [join(path, 'cache/throughline/bin/temporal')] });
});

test.each([
  [
    'the server of the production shape',
    `(await import('./production/temporal-server-tools.ts')).serverTools(() => {})`,
    'The Temporal server is built with Go, which is not there.',
  ],
  [
    'the server of the tests', `(await import('./test-server.ts')).testServerPath()`,
    'No time-skipping Temporal server for tests: temporal.download does not answer and Java or Maven is missing. '
      + 'Set TEMPORAL_TEST_SERVER to one, or install Java and Maven.',
  ],
])('without a tool for %s, one line says so', async (_, find, line) => {
  expect(await looking(only({}), find)).toEqual({ code: 1, lines: [line] });
});

const works = 'echo "temporal version 1.5.1 (Server 1.29.1)"';
const starting = (cli: string, more: Partial<TemporalOptions> = {}): Promise<unknown> =>
  startTemporal({ cli: join(only({ temporal: cli }), 'temporal'), ...more });

test.each([
  ['TEMPORAL_PORT', (port: number) => ({ port })],
  ['TEMPORAL_UI_PORT', (port: number) => ({ ui: { order: port } })],
])('a %s in use is one line', async (name, options) => {
  const port = await freePort();
  taken = createServer();
  await new Promise<void>((resolve) => { taken?.listen(port, '127.0.0.1', resolve); });
  await expect(starting(works, options(port))).rejects.toThrow(
    `${name} ${port} is in use: stop what listens there, or choose another.`,
  );
});

test('a server that ends at once is one line that names its log', async () => {
  const cli = `if [ "$1" = --version ]; then ${works}; else exit 3; fi`;
  await expect(starting(cli, { port: await freePort(), dataDir: join(folder, 'data') })).rejects.toThrow(
    /^The Temporal server ended with exit code 3; its log is logs\/temporal\.log in DATA_DIR\.$/,
  );
});
