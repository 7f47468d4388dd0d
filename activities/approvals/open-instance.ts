import { knownUsers } from '../../db/approvals/approval.query.ts';
import { namedIn, toInstance } from '../../db/approvals/approval-rows.query.ts';
import { WorkflowInstance } from '../../db/approvals/workflow-instance.entity.ts';
import type { WorkflowStep } from '../../db/approvals/workflow-step.entity.ts';
import { aboutInstance, approvalProcess, instanceStarted } from '../../domain/approvals/instance.contract.ts';
import { Instance, OpenInstance, processTitle, titleOf } from '../../domain/approvals/instance.ts';
import { startProcess } from '../platform/process/start-process.ts';
import { verb, type VerbContext } from '../platform/verb.ts';
import { createStep } from './create-step.ts';

const hour = 3_600_000;

/** Starts an approval with its steps; its process opens them in turn (APR-015, 033). */
export const openInstance = verb(
  { name: 'open-instance', needs: 'workflow-instance:create', input: OpenInstance, output: Instance },
  async (ctx, input) => {
    const row = createInstance(ctx, input);
    const steps: WorkflowStep[] = [];
    for (const step of input.steps) steps.push(await createStep(ctx, row.id, steps, step));
    const title = processTitle(row.title, input.within);
    await startProcess(ctx, approvalProcess, row.id, { title, ownerId: row.requesterId });
    await ctx.em.flush();
    const instance = toInstance(row, steps, await knownUsers(ctx.em, namedIn([row], steps)));
    ctx.emit(instanceStarted, aboutInstance(instance));
    return instance;
  },
);

function createInstance({ em, id: newId, now, actor }: VerbContext, input: OpenInstance): WorkflowInstance {
  const id = newId();
  return em.create(WorkflowInstance, {
    id,
    type: input.type,
    title: titleOf(input),
    referenceType: input.referenceType,
    referenceId: input.referenceId,
    storyId: input.storyId ?? id,
    parent: input.parent,
    status: 'pending',
    mode: input.mode,
    requesterId: input.requesterId === undefined ? actor.userId : input.requesterId,
    excludeRequester: input.excludeRequester,
    memberIds: input.memberIds,
    slaDeadline: input.dueInHours === undefined ? null : new Date(now + input.dueInHours * hour),
    whenDue: input.whenDue,
    isOverdue: false,
    subjectVersion: input.subjectVersion,
    metadata: input.metadata,
  });
}
