import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mutant, mutated } from './faults/mutant.js';

export type TestPostgres = { ownerUrl: string; appUrl: string; relayUrl: string; adminUrl: string };

/** The PostgreSQL of this test run; its database `tl_template` is migrated and has no rows. */
export const testPostgres = (): Promise<TestPostgres> => service('postgres');

/** The Temporal server of this test run, for workflows that need the real one: its time does not skip. */
export const testTemporal = (): Promise<{ address: string }> => service('temporal');

/**
 * The file with the bundle of all workflows, for `Worker.create({ workflowBundle: { codePath } })`; in a run that is
 * without one of their safeguards a copy of it, without that.
 */
export async function workflowBundle(sealed = false): Promise<{ codePath: string }> {
  const { codePath } = await service<{ codePath: string }>(sealed ? 'sealed-bundle' : 'bundle');
  if (!mutant.file?.startsWith('workflows/')) return { codePath };
  const copy = join(await mkdtemp(join(tmpdir(), 'throughline-bundle-')), 'workflows.js');
  await writeFile(copy, mutated(await readFile(codePath, 'utf8'), `/${mutant.file}`));
  return { codePath: copy };
}

/** The executable of the time-skipping server, for `TestWorkflowEnvironment.createTimeSkipping`. */
export const testServer = (): Promise<{ path: string }> => service('test-server');

/** Builds the web pages from the sources as they are, unless they are built already. */
export const builtWeb = (): Promise<object> => service('web');

/** The browser of this Jest worker. */
export const testBrowser = (): Promise<{ wsEndpoint: string }> => service(`browser/${process.env['JEST_WORKER_ID']}`);

async function service<Answer>(path: string): Promise<Answer> {
  const host = process.env['TEST_SERVICES_URL'];
  if (!host) throw new Error('Tests run by `npm test`, which offers them their services.');
  const response = await fetch(`${host}/${path}`);
  if (!response.ok) throw new Error(`Test service ${path}: ${await response.text()}`);
  return response.json() as Promise<Answer>;
}
