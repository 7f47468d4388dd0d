import { fieldErrors, isStale, problemText } from '#lib/platform/problem.ts';
import type { CrmModule } from '../crm-module.ts';
import { isLacking } from './is-lacking.ts';
import { faultsText } from '../record-values.ts';

/**
 * Why a change of one field did not come through. What is wrong with another field than this one is named by it: a
 * stage may ask for one.
 */
export function whyRefused(module: CrmModule, name: string, failure: unknown): string {
  if (isStale(failure)) return 'Somebody changed this record meanwhile: here is what it is now';
  const faults = fieldErrors(failure);
  return faults[name] ?? (faultsText(module.catalog, faults) || problemText(failure));
}

/** Whether all that a change lacks is what the module asks for besides. */
export const isAskedFor = (
  { asks }: Pick<CrmModule, 'asks'>, sent: readonly string[], failure: unknown,
): boolean => asks !== undefined && isLacking(asks.missing, sent, Object.keys(fieldErrors(failure)));
