import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';

/** A clone without packages, as far as the hook before `npm start` needs one. */
const clone = mkdtempSync(join(tmpdir(), 'throughline-clone-'));
beforeAll(() => {
  for (const file of ['package.json', 'package-lock.json', 'bin/bootstrap.mjs']) cpSync(file, join(clone, file));
  mkdirSync(join(clone, 'only-node'));
  symlinkSync(process.execPath, join(clone, 'only-node', 'node'));
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

interface Ran {
  code: number | null;
  output: string;
}
function run(command: string, args: string[], env: Record<string, string> = {}): Promise<Ran> {
  const { PATH = '', HOME } = process.env;
  const own = PATH.split(delimiter).filter((place) => !place.includes('node_modules')).join(delimiter);
  const child = spawn(command, args, { cwd: clone, env: { PATH: own, HOME, ...env } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => { output += text; });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, output }));
  });
}

test('without a network `npm start` says so in one line after its hook, and starts nothing', async () => {
  const { code, output } = await run('npm', ['start'], { npm_config_registry: 'http://127.0.0.1:9/' });
  const said = output.split('\n').filter((line) => line && !line.startsWith('> '));
  expect([code, said]).toEqual([1, [
    expect.stringMatching(/^ {2}… Installing packages/),
    'No network: npm cannot reach its registry (ECONNREFUSED). Connect, or set npm\'s proxy.',
  ]]);
  expect(output).toContain('> node bin/bootstrap.mjs\n');
  expect(output).not.toContain('bin/start.ts');
});

test('a missing npm is one line', async () => {
  const { code, output } = await run(process.execPath, ['bin/bootstrap.mjs'], { PATH: join(clone, 'only-node') });
  const said = output.split('\n').slice(1);
  expect([code, said]).toEqual([1, ['npm is missing: install it with Node (https://nodejs.org).', '']]);
});

test('a Node that is too old is one line', async () => {
  const old = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '18.19.0' } })`;
  const before = ['--import', `data:text/javascript,${old}`];
  const { code, output } = await run(process.execPath, [...before, 'bin/bootstrap.mjs']);
  expect([code, output]).toEqual([1, 'Node 18.19.0 is too old: install Node 20 or newer (https://nodejs.org).\n']);
});
