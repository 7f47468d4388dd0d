import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';

const folder = mkdtempSync(join(tmpdir(), 'throughline-tests-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Ran {
  code: number | null;
  lines: string[];
}
function run(command: string, args: string[]): Promise<Ran> {
  const { PATH, HOME } = process.env;
  const child = spawn(command, args, { cwd: folder, env: { PATH, HOME } });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => { output += text; });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, lines: output.trim().split('\n') }));
  });
}

describe('`npm test`', () => {
  beforeAll(() => {
    for (const place of ['bin', 'db', 'package.json']) cpSync(place, join(folder, place), { recursive: true });
    cpSync('domain', join(folder, 'domain'), { recursive: true, filter: (path) => !path.endsWith('.test.ts') });
    symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
    writeFileSync(join(folder, 'jest.config.js'), `export default { testMatch: ['<rootDir>/domain/*.test.js'] };`);
    writeFileSync(join(folder, 'domain', 'good.test.js'), `test('holds', () => {});`);
    writeFileSync(join(folder, 'domain', 'bad.test.js'), `test('fails', () => { throw new Error('no'); });`);
    writeFileSync(join(folder, 'domain', 'unread.test.js'), `import './nowhere.js';\ntest('is never run', () => {});`);
  });

  test.each([
    [['domain/good'], 0, '1 passed, 0 failed'],
    // A file that does not load counts as a failure.
    [['domain'], 1, '1 passed, 2 failed'],
  ])('%j ends with the code %d and the line that counts', async (args, code, line) => {
    const ran = await run(process.execPath, ['bin/test.ts', ...args]);
    expect([ran.code, ran.lines.at(-1)]).toEqual([code, line]);
  });
});

describe('`.ci/run`', () => {
  const counted = 'echo 3 passed, 0 failed';
  test.each([
    [{ check: 'echo clean', test: counted }, 0, 'clean --tests-follow'],
    [{ check: 'echo unclean && exit 1; exit 2', test: counted }, 1, 'unclean'],
    [{ check: 'echo clean', test: `${counted}; exit 1` }, 1, 'clean --tests-follow'],
  ])('with %j runs both, fails with either, and ends with the line that counts', async (scripts, code, checked) => {
    cpSync('.ci', join(folder, '.ci'), { recursive: true });
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ type: 'module', scripts }));
    const ran = await run(join(folder, '.ci', 'run'), []);
    expect([ran.code, ran.lines.at(-1), ran.lines]).toEqual([
      ...[code, '3 passed, 0 failed', expect.arrayContaining([checked])],
    ]);
  });
});
