import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compiled } from '../program.ts';

export interface Mutant {
  /** The file whose text is changed; or what the owner does to the database instead. */
  file?: string;
  from?: string;
  to?: string;
  sql?: string;
  /** A second safeguard that stands behind the first. */
  and?: Omit<Mutant, 'and'>[];
}
export interface Guard {
  /** The test that must notice. */
  test: string;
  title: string;
}
const root = fileURLToPath(new URL('../../../', import.meta.url));
const jest = join(root, 'node_modules/jest/bin/jest.js');
const config = {
  rootDir: root,
  testEnvironment: '<rootDir>/tests/kit/runtime/environment.js',
  runtime: '<rootDir>/tests/kit/runtime/runtime.js',
  extensionsToTreatAsEsm: ['.ts'],
  transform: {},
  testTimeout: 60_000,
};

/** Runs a test on sources with that change, on the servers of this run: which titles passed and which failed. */
export async function withMutant(mutant: Mutant, guard: Guard): Promise<{ passed: string[]; failed: string[] }> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-mutant-'));
  const report = join(folder, 'result.json');
  try {
    const run = { ...config, testMatch: [`<rootDir>/${guard.test}`] };
    const flags = ['--json', `--outputFile=${report}`, '--runInBand', '--forceExit', '-t', guard.title];
    const child = spawn(process.execPath, [jest, '-c', JSON.stringify(run), ...flags], {
      cwd: root,
      // What it leaves in the folder of temporary files goes with this one.
      env: { ...process.env, TMPDIR: folder, NODE_COMPILE_CACHE: compiled, MUTANT: JSON.stringify(mutant) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (text: Buffer) => { said += text.toString(); });
    await once(child, 'close');
    const text = await readFile(report, 'utf8').catch(() => { throw new Error(said); });
    const { testResults } = JSON.parse(text) as {
      testResults: { message: string; assertionResults: { title: string; status: string }[] }[];
    };
    const titles = (status: string): string[] =>
      testResults.flatMap(r => r.assertionResults).filter(a => a.status === status).map(a => a.title);
    return { passed: titles('passed'), failed: titles('failed') };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
