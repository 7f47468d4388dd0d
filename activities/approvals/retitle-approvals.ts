import { WorkflowInstance } from '../../db/approvals/workflow-instance.entity.ts';
import { approvalProcess } from '../../domain/approvals/instance.contract.ts';
import { processTitle } from '../../domain/approvals/instance.ts';
import { retitle } from '../platform/process/retitle.ts';
import type { VerbContext } from '../platform/verb.ts';

interface Renamed {
  storyId: string;
  referenceType: string;
  within: string;
}

/** What the approved things belong to has another name: the processes of its approvals are called by it. */
export async function retitleApprovals(ctx: VerbContext, renamed: Renamed): Promise<void> {
  const { storyId, referenceType, within } = renamed;
  const instances = await ctx.em.find(WorkflowInstance, { storyId, referenceType, deletedAt: null });
  await retitle(ctx, instances.map(({ id, title }) => (
    { workflowId: approvalProcess.id(id), title: processTitle(title, within) }
  )));
}
