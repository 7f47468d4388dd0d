import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';
import { sealedFailures } from './payload/payload-codec.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

/**
 * Builds the workflow code; imports nothing of it here, so that it stays in its sandbox. `sealed`: failures that it
 * makes keep their words in a payload, which the worker encrypts.
 */
export const bundleWorkflows = (sealed: boolean): Promise<{ code: string }> => bundleWorkflowCode({
  workflowsPath: join(root, 'workflows/index.ts'),
  workflowInterceptorModules: [join(root, 'workflows/platform/interceptors.ts')],
  ...(sealed && { failureConverterPath: sealedFailures }),
  logger: new DefaultLogger('ERROR'),
});

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
  hash.update(await readFile(join(root, 'package-lock.json')));
  return hash.digest('hex').slice(0, 16);
}
