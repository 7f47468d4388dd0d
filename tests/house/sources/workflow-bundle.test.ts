import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { workflowBundle } from '../../kit/services.ts';

/** Below the packages, so that what is planted there finds them as our sources do. */
const folder = join('node_modules', '.cache');
let planted: string;
beforeAll(() => {
  mkdirSync(folder, { recursive: true });
  planted = mkdtempSync(join(folder, 'planted-'));
});
afterAll(() => rmSync(planted, { recursive: true }));

/** Every source that went into a bundle, by its path in the repository. */
function sourcesOf(code: string): string[] {
  const at = code.lastIndexOf('sourceMappingURL=');
  const map = /base64,([^\s*]+)/.exec(code.slice(at))![1]!;
  const { sources } = JSON.parse(Buffer.from(map, 'base64').toString()) as { sources: string[] };
  return sources.map(source => source.replace(process.cwd(), '').replace(/^\//, ''));
}

const packages = /node_modules\/(@temporalio\/(workflow|common)|nexus-rpc|zod|@casl\/ability|@ucast\/\w+|long|ms)\//;
/** What may not be there: what writes, what asks a clock or a network, and any package that nobody thought of. */
const strangers = (code: string): string[] =>
  sourcesOf(code).filter(source => /^(db|activities|api|bin|web)\//.test(source)
    || (source.includes('node_modules/') && !packages.test(source)));

it('[PLT-121] the bundle of workflows holds workflows and domain, and nothing that writes to a database', async () => {
  const code = readFileSync((await workflowBundle()).codePath, 'utf8');
  const own = sourcesOf(code).filter(source => /^(workflows|domain)\//.test(source));
  expect(own).toEqual(expect.arrayContaining(['workflows/index.ts', 'domain/pov/pov-status.ts']));
  expect(strangers(code)).toEqual([]);
});

it.each([
  ['an entity', `import { Pov } from '../../../db/pov/pov.entity.ts'; export const w = async () => Pov.name;`],
  ['a query', `import { sql } from '../../../db/platform/sql.ts'; export const w = async () => sql.name;`],
  ['a verb', `import { run } from '../../../activities/platform/verb.ts'; export const w = async () => run.name;`],
  ['a driver', `import pg from 'pg'; export const w = async () => pg.name;`],
])('a workflow that imports %s is found', async (_, text) => {
  const file = join(process.cwd(), planted, 'planted.ts');
  writeFileSync(file, text);
  // What it imports does not run there: the bundler refuses it, or the bundle shows it.
  const logger = new DefaultLogger('ERROR', () => undefined);
  const found = await bundleWorkflowCode({ workflowsPath: file, logger }).then(
    ({ code }) => strangers(code),
    (error: Error) => [error.message],
  );
  expect(found).not.toEqual([]);
});
