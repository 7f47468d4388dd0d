import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command } from '../failure.ts';
import { elapsed } from '../progress.ts';
import { auditVerdict, type Verdict } from './dependency-audit.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = (name: string): string => join(root, 'node_modules', '.bin', name);

const rules = 'House rules';

interface Check {
  name: string;
  command: string;
  args: string[];
  /** What its output means, where its exit code does not say it. */
  judge?: (output: string) => Verdict;
}

/** Before the others, which read what it writes. */
const generated: Check = { name: 'Types of the pages are generated', command: bin('svelte-kit'), args: ['sync'] };

/** Two at once: each of them fills a core by itself. */
const checks: Check[] = [
  { name: 'Types', command: bin('tsc'), args: ['--noEmit'] },
  { name: 'Components', command: bin('svelte-check'), args: ['--tsconfig', 'web/tsconfig.json', '--output', 'human'] },
  { name: 'Lint', command: bin('eslint'), args: ['--max-warnings=0', '--cache', '--cache-location', lintCache()] },
  { name: rules, command: process.execPath,
    args: [join(root, 'bin', 'test.ts'), '--no-servers', ...rulesOfSources()] },
  // Of what runs in production: what only builds and tests never meets what a stranger sends.
  { name: 'Known faults of packages', command: 'npm',
    args: ['audit', '--omit=dev', '--json', '--fetch-retries=1', '--fetch-retry-mintimeout=1000'],
    judge: auditVerdict },
];

/**
 * `npm run check`: all checks, also after one has failed, so that one run tells everything. With --tests-follow those
 * that `npm test` makes as well are left to it.
 */
await command(async () => {
  const failed: string[] = [];
  const tell = async (check: Check): Promise<void> => {
    const began = performance.now();
    const { passed, says } = await run(check);
    console.log(`  ${passed ? '✓' : '✗'} ${check.name} (${elapsed(began)})`);
    if (says) console.log(says.trim().replace(/^/gm, '    '));
    if (!passed) failed.push(check.name);
  };
  await tell(generated);
  const waiting = checks.filter(({ name }) => name !== rules || !process.argv.includes('--tests-follow'));
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) await tell(next);
  };
  await Promise.all([lane(), lane()]);
  console.log(failed.length === 0 ? 'All checks passed' : `Failed: ${failed.join(', ')}`);
  return failed.length === 0 ? 0 : 1;
});

function run({ command: file, args, judge }: Check): Promise<Verdict> {
  const child = spawn(file, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let [output, errors] = ['', ''];
  child.stdout.on('data', chunk => { output += chunk; });
  child.stderr.on('data', chunk => { errors += chunk; });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', code => {
      if (judge) return resolve(judge(output));
      return resolve({ passed: code === 0, says: code === 0 ? null : output + errors });
    });
  });
}

/** Rules that ask a server of the tests are for `npm test`, which runs all of them. */
function rulesOfSources(): string[] {
  const folder = join('tests', 'house');
  const files = readdirSync(join(root, folder)).filter((name) => name.endsWith('.test.ts'));
  const needsServer = /from '(\.\.\/kit\/|\.\/(verb-world|real-records|schema-probe))/;
  const source = (path: string): string => readFileSync(join(root, path), 'utf8');
  return files.map((name) => join(folder, name)).filter((path) => !needsServer.test(source(path)));
}

function lintCache(): string {
  return join(root, 'node_modules', '.cache', 'eslint');
}
