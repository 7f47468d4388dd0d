import { Refusal } from '../../../domain/platform/errors.ts';
import type { VerbContext } from '../verb.ts';

/** Tables are arranged by people. */
export function tableUser({ actor }: VerbContext): string {
  if (!actor.userId) throw new Refusal('forbidden', 'Only people arrange tables');
  return actor.userId;
}

/** What somebody keeps of one page is written one after the other: two tabs make no second row. */
export const lockTables = ({ em, tenantId }: VerbContext, userId: string, pageType: string): Promise<unknown> =>
  em.execute(`select pg_advisory_xact_lock(hashtextextended('tables ' || ?, 0))`, [
    `${tenantId} ${userId} ${pageType}`,
  ]);
