import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { sealedFailures } from './payload/payload-codec.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Builds the workflow code; imports nothing of it here, so that it stays in its sandbox. `sealed`: failures that it
 * makes keep their words in a payload, which the worker encrypts.
 */
export const bundleWorkflows = async (sealed: boolean): Promise<{ code: string }> => bundleWorkflowCode({
  workflowsPath: join(root, 'workflows/index.ts'),
  workflowInterceptorModules: [join(root, 'workflows/platform/interceptors.ts')],
  // Rules and contracts keep nothing of a process: they are evaluated once for all of them. Evaluated for each, a
  // worker with 400 processes took 1.9 GB, and 0.8 GB so.
  preloadModules: await domainOfWorkflows(),
  ...(sealed && { failureConverterPath: sealedFailures }),
  logger: new DefaultLogger('ERROR'),
});

/** The files of `domain` that workflows import for more than their types. */
async function domainOfWorkflows(): Promise<string[]> {
  const folder = join(root, 'workflows');
  const files = (await readdir(folder, { recursive: true })).filter(f => f.endsWith('.ts')).map(f => join(folder, f));
  const imported = await Promise.all(files.map(async file =>
    [...(await readFile(file, 'utf8')).matchAll(/^import (?!type )[^;]*? from '(\.[^']*\/domain\/[^']*)';/gm)]
      .map(([, path]) => join(dirname(file), path!))));
  return [...new Set(imported.flat())].sort();
}

/** The bundle of these sources, built once and kept in the data folder: a worker restarts in two seconds, not seven. */
export async function workflowBundle(dataDir: string, sealed = false): Promise<{ codePath: string }> {
  const codePath = join(dataDir, 'bundles', `${await sourceHash()}${sealed ? '-sealed' : ''}.js`);
  if (!existsSync(codePath)) {
    await mkdir(join(dataDir, 'bundles'), { recursive: true });
    const { code } = await bundleWorkflows(sealed);
    const part = `${codePath}.${process.pid}`;
    await writeFile(part, code);
    await rename(part, codePath);
  }
  return { codePath };
}

async function sourceHash(): Promise<string> {
  const hash = createHash('sha256').update(process.version);
  for (const layer of ['workflows', 'domain']) {
    const files = (await readdir(join(root, layer), { recursive: true })).filter(f => f.endsWith('.ts')).sort();
    for (const file of files) hash.update(file).update(await readFile(join(root, layer, file)));
  }
  // How they are bundled counts as much as what is bundled.
  for (const file of ['package-lock.json', 'activities/platform/workflow-bundle.ts'])
    hash.update(await readFile(join(root, file)));
  return hash.digest('hex').slice(0, 16);
}
