import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { command } from './failure.ts';
import { step } from './progress.ts';
import { temporalCli } from './temporal-cli.ts';
import { inOneProcess } from './production/one-process.ts';
import { serverTools } from './production/temporal-server-tools.ts';
import { testServerPath } from './test-server.ts';
import { buildWeb } from './web-build.ts';

/**
 * `npm test`: all tests, or those that the arguments name as for Jest; the last line counts them.
 * With --no-servers nothing is fetched or built for them. With --production (`npm run test:production`) the scenarios
 * run against two APIs and two workers on a Temporal server on PostgreSQL.
 */
await command(async () => {
  const asked = process.argv.slice(2);
  const production = asked.includes('--production');
  const named = asked.filter((arg) => arg !== '--no-servers' && arg !== '--production');
  const args = production ? withScenarios(named) : named;
  const tools = asked.includes('--no-servers') || onlyRules(args) ? {} : await testTools(production);
  const folder = await mkdtemp(join(tmpdir(), 'throughline-result-'));
  const report = join(folder, 'result.json');
  try {
    const code = await runJest(['--json', `--outputFile=${report}`, ...args], tools);
    const result = await readFile(report, 'utf8').then(JSON.parse, () => undefined);
    if (!result) return code || 1;
    // A file that does not even load has no tests to count, and must not pass for none.
    const failed = result.numFailedTests + result.numRuntimeErrorTestSuites;
    console.log(`${result.numPassedTests} passed, ${failed} failed`);
    return code || (failed > 0 || result.numPassedTests === 0 ? 1 : 0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

/** Rules need no server: somebody who works on them should not wait for one. */
function onlyRules(args: string[]): boolean {
  const paths = args.filter((arg) => !arg.startsWith('-'));
  return paths.length > 0 && paths.every((path) => path.startsWith('domain'));
}

function withScenarios(args: string[]): string[] {
  return args.some((arg) => arg.startsWith('tests/')) ? args : ['tests/scenarios', ...args];
}

/** What takes minutes on a new machine is fetched before the tests, whose time is limited. */
async function testTools(production: boolean): Promise<NodeJS.ProcessEnv> {
  if (production) {
    for (const [suite, why] of Object.entries(inOneProcess)) console.log(`In one process: ${suite} ${why}`);
    await step('Temporal server on PostgreSQL', serverTools);
    await buildWeb(fileURLToPath(new URL('..', import.meta.url)));
  }
  const named = process.env['TEMPORAL_CLI'];
  return {
    TEMPORAL_CLI: await step('Temporal server', (say) => temporalCli(named, say)),
    TEMPORAL_TEST_SERVER: await step('Time-skipping Temporal server', testServerPath),
    ...(production && { TEST_SHAPE: 'production' }),
  };
}

function runJest(args: string[], tools: NodeJS.ProcessEnv): Promise<number> {
  const jest = fileURLToPath(new URL('../node_modules/jest/bin/jest.js', import.meta.url));
  const flags = [process.env['NODE_OPTIONS'], '--experimental-vm-modules', '--no-warnings'];
  const settings = { NODE_ENV: 'test', NODE_OPTIONS: flags.filter(Boolean).join(' ') };
  const env = { LOG_LEVEL: 'silent', ...process.env, ...tools, ...settings };
  const child = spawn(process.execPath, [jest, ...args], { env, stdio: ['ignore', 'inherit', 'inherit'] });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('exit', (code) => resolve(code ?? 1));
  });
}
