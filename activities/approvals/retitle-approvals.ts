import { WorkflowInstance } from '../../db/approvals/workflow-instance.entity.ts';
import { transactionOf } from '../../db/platform/pool/transaction.ts';
import { approvalProcess } from '../../domain/approvals/instance.contract.ts';
import { processTitle } from '../../domain/approvals/instance.ts';
import type { VerbContext } from '../platform/verb.ts';

interface Renamed {
  storyId: string;
  referenceType: string;
  within: string;
}

/** What the approved things belong to has another name: the processes of its approvals are called by it. */
export async function retitleApprovals({ em }: VerbContext, renamed: Renamed): Promise<void> {
  const { storyId, referenceType, within } = renamed;
  const instances = await em.find(WorkflowInstance, { storyId, referenceType, deletedAt: null });
  if (!instances.length) return;
  await transactionOf(em).send(
    `update process set title = t.title
     from unnest($1::text[], $2::text[]) t (workflow_id, title) where process.workflow_id = t.workflow_id`,
    [
      instances.map(({ id }) => approvalProcess.id(id)),
      instances.map(({ title }) => processTitle(title, within).slice(0, 300)),
    ],
  );
}
