import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { holdAt } from '../../../domain/platform/operations/process-hold.ts';
import type { Hold } from '../../../domain/platform/process.ts';
import type { VerbContext } from '../verb.ts';

/** The hold that a process is under at that instant. */
export async function holdOf({ em }: Pick<VerbContext, 'em'>, workflowId: string, now: number): Promise<Hold | null> {
  const held = 'select hold from process where workflow_id = $1';
  const [row] = await transactionOf(em).send<{ hold: Hold | null }>(held, [workflowId]);
  return holdAt(row?.hold ?? null, now);
}

/** The instant by which the deadlines of a process are measured: on hold, the one at which the hold began. */
export async function deadlineNow({ em, now }: Pick<VerbContext, 'em' | 'now'>, workflowId: string): Promise<number> {
  const hold = await holdOf({ em }, workflowId, now);
  return hold ? Math.min(now, Date.parse(hold.since)) : now;
}
