import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
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

export interface Outcome { passed: string[]; failed: string[] }

/** Runs a test on sources with that change, on the servers of this run: which titles passed and which failed. */
export async function withMutant(mutant: Mutant, { test, title }: Guard): Promise<Outcome> {
  return (await run(mutant, [test], title)).get(test)!;
}

/** Runs tests of several files on the sources as they are, in one go. */
export const withoutMutant = (guards: Guard[]): Promise<Map<string, Outcome>> =>
  run({}, [...new Set(guards.map(({ test }) => test))], [...new Set(guards.map(({ title }) => title))].join('|'));

async function run(mutant: Mutant, tests: string[], title: string): Promise<Map<string, Outcome>> {
  const folder = await mkdtemp(join(tmpdir(), 'throughline-mutant-'));
  const report = join(folder, 'result.json');
  try {
    // Jest looks through all that is below its roots before it begins; sources Node finds by itself.
    const roots = [...new Set(tests.map(test => dirname(join(root, test))))];
    const settings = { ...config, roots, testMatch: tests.map(test => `<rootDir>/${test}`) };
    const flags = ['--json', `--outputFile=${report}`, '--runInBand', '--forceExit', '-t', title];
    const child = spawn(process.execPath, [jest, '-c', JSON.stringify(settings), ...flags], {
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
      testResults: { name: string; assertionResults: { title: string; status: string }[] }[];
    };
    return new Map(tests.map(test => {
      const results = testResults.filter(({ name }) => name === join(root, test)).flatMap(r => r.assertionResults);
      const titles = (status: string): string[] => results.filter(r => r.status === status).map(r => r.title);
      return [test, { passed: titles('passed'), failed: titles('failed') }];
    }));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
