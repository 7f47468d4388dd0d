import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { bootApp, type App } from '../../kit/app.ts';
import { password } from '../../kit/people.ts';

let app: App;
const folder = mkdtempSync(join(tmpdir(), 'throughline-guide-'));
/** In front of the machine's own commands stands a curl that every machine has, with the options of the guide. */
const commands = join(folder, 'commands');
beforeAll(async () => {
  mkdirSync(commands);
  const curl = `#!/bin/sh\nexec '${process.execPath}' --no-warnings '${resolve('tests/kit/curl.ts')}' "$@"\n`;
  writeFileSync(join(commands, 'curl'), curl, { mode: 0o755 });
  app = await bootApp();
});
afterAll(async () => {
  await app?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const guide = readFileSync('docs/integrating.md', 'utf8');
const blocks = [...guide.matchAll(/^```sh\n([^]*?)^```$/gm)].map(m => m[1]!);

interface Ran {
  code: number | null;
  /** What each block printed. */
  printed: string[];
  errors: string;
}

/** The blocks in one shell, in the order of the guide. */
function follow(script: readonly string[]): Promise<Ran> {
  const { NODE_OPTIONS: _, ...rest } = process.env;
  const PATH = `${commands}${delimiter}${process.env['PATH']}`;
  const env = { ...rest, PATH, URL: app.url, TENANT: app.tenant.slug, PASSWORD: password };
  const shell = spawn('bash', ['--norc', '-eu', '-c', script.join('\necho ----- next block\n')], { cwd: folder, env });
  const out: string[] = [],
    err: string[] = [];
  shell.stdout.on('data', (data: Buffer) => out.push(data.toString()));
  shell.stderr.on('data', (data: Buffer) => err.push(data.toString()));
  return new Promise((resolve, reject) => {
    shell.once('error', reject);
    shell.once('close', code => {
      resolve({ code, printed: out.join('').split('----- next block\n'), errors: err.join('') });
    });
  });
}

it('[PLT-124] [PLT-053] [PLT-066] the guide for integrators works word for word', async () => {
  const { code, printed, errors } = await follow(blocks);
  expect({ code, errors: code === 0 ? '' : errors }).toEqual({ code: 0, errors: '' });
  /** What the block with these words in it printed. */
  const said = (words: string): string => printed[blocks.findIndex(block => block.includes(words))]!.trim();
  expect(said('field name')).toBe('Manager Example');
  expect(said('one POV')).toMatch(/^one POV: [0-9a-f-]{36}$/);
  expect(JSON.parse(said('processes/pov-lifecycle-'))).toMatchObject({ type: 'povLifecycle' });
  expect(JSON.parse(said('/simulate')).future.length).toBeGreaterThan(0);
  expect(said('decide another-key').split('\n')).toEqual(['completed', expect.stringMatching(/already approved/)]);
  expect(said('/api/stream')).toMatch(/^id: \d+\nid: \d+\nid: \d+$/);
  expect(JSON.parse(said('No dates'))).toMatchObject({ status: 400, code: 'invalid', details: expect.any(Array) });
  expect(said('change "$VERSION" | field code').split('\n')).toEqual([expect.stringMatching(/^\d+$/), 'stale-version']);
  expect(said('-X DELETE')).toMatch(/unauthenticated$/);
});

it.each([
  ['an option that the guide has not', 'curl -sS --compressed "$URL/api/health/live"', 2, /knows no --compressed/],
  ['brackets that curl would expand', 'curl -sS "$URL/api/povs?filter[tags]=a"', 2, /need -g/],
  ['an answer that refuses', 'curl -sS --fail-with-body "$URL/api/povs"', 22, /^$/],
  ['nobody there', 'curl -sS http://127.0.0.1:9/', 7, /^curl: \(7\)/],
  ['a command that is none', 'aip "$URL/api/povs"', 127, /aip/],
])('a block that would fail for its reader fails here: %s', async (_, block, code, errors) => {
  expect(await follow([block])).toMatchObject({ code, errors: expect.stringMatching(errors) });
});

it('names in its table of errors the statuses and codes that the API has', () => {
  const sources = ['api/platform/problem.ts', 'activities/platform/lock-version.ts'];
  const translator = sources.map(file => readFileSync(file, 'utf8')).join('\n');
  const rows = [...guide.matchAll(/^\| (\d{3}) \| ([^|]+) \|/gm)];
  expect(rows.length).toBeGreaterThan(5);
  for (const [, status, codes] of rows) {
    expect(translator).toContain(status);
    for (const code of [...codes!.matchAll(/`([^`]+)`/g)].map(m => m[1]!)) expect(translator).toContain(code);
  }
});
