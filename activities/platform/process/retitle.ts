import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import type { VerbContext } from '../verb.ts';

export interface Retitled {
  workflowId: string;
  title: string;
}

/** What processes are about has another name; those that have ended look at nothing any more, and are told so here. */
export async function retitle({ em }: VerbContext, processes: readonly Retitled[]): Promise<void> {
  if (!processes.length) return;
  await transactionOf(em).send(
    `update process set title = t.title
     from unnest($1::text[], $2::text[]) t (workflow_id, title) where process.workflow_id = t.workflow_id`,
    [processes.map(p => p.workflowId), processes.map(p => p.title.slice(0, 300))],
  );
}
