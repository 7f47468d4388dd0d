import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { hashSources } from '../../bin/source-hash.ts';

const at = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url));

/** Bundles all workflows, or finds the bundle of an earlier run over the same sources; returns the file. */
export async function bundleWorkflows(): Promise<string> {
  const workflowsPath = at('workflows/index.ts');
  const interceptors = at('workflows/platform/interceptors.ts');
  if (!existsSync(workflowsPath)) throw new Error('There is no workflows/index.ts.');
  const hash = await hashSources([at('workflows'), at('domain'), at('package-lock.json')]);
  const folder = at('node_modules/.cache/throughline');
  const file = `${folder}/workflows-${hash}.js`;
  if (existsSync(file)) return file;
  const { bundleWorkflowCode, DefaultLogger } = await import('@temporalio/worker');
  const { code } = await bundleWorkflowCode({
    workflowsPath,
    workflowInterceptorModules: existsSync(interceptors) ? [interceptors] : [],
    logger: new DefaultLogger('ERROR'),
  });
  await mkdir(folder, { recursive: true });
  await writeFile(`${file}.${process.pid}`, code);
  await rename(`${file}.${process.pid}`, file);
  return file;
}
