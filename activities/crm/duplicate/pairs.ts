import { DuplicatePair } from '../../../db/crm/duplicate/duplicate-pair.entity.ts';
import type { PairStatus } from '../../../domain/crm/duplicate/duplicate.contract.ts';
import type { VerbContext } from '../../platform/verb.ts';

/** Of the pairs among these records, those that are in one state come into another. */
export async function decidePairs(
  { em }: VerbContext, ids: readonly string[], from: PairStatus, to: PairStatus,
): Promise<void> {
  const within = { $in: [...ids] };
  const pairs = await em.find(DuplicatePair, { firstId: within, secondId: within, status: from, deletedAt: null });
  for (const pair of pairs) pair.status = to;
  await em.flush();
}
