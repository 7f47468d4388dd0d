import type { DataConverter } from '@temporalio/common';
import type { App } from '../app.ts';
import { brokenInvariants } from '../invariants.ts';
import { until } from '../until.ts';

/**
 * What a fault has broken: asked until nothing is, since who lost a connection comes back after a while, and what is
 * still broken after half a minute.
 */
export async function brokenAfter(
  { database, env }: Pick<App, 'database' | 'env'>, dataConverter?: DataConverter,
): Promise<string[]> {
  const where = { ownerUrl: database.ownerUrl, temporalAddress: env['TEMPORAL_ADDRESS']! };
  const wanted = { ...where, ...(dataConverter && { dataConverter }) };
  let broken: string[] = [];
  const sound = async (): Promise<boolean> => (broken = await brokenInvariants(wanted)).length === 0;
  await until('all is sound', sound).catch((e: unknown) => {
    if (!broken.length) throw e;
  });
  return broken;
}
