import { WorkflowStep } from '../../db/approvals/workflow-step.entity.ts';
import { User } from '../../db/platform/identity/user.entity.ts';
import { nextOrder, nextStepId, type OpenInstance } from '../../domain/approvals/instance.ts';
import { invalidField } from '../../domain/platform/errors.ts';
import type { VerbContext } from '../platform/verb.ts';

/** A pending step after `others`: for the people it names, else for whoever holds its role. */
export async function createStep(
  { em, id }: VerbContext,
  workflowId: string,
  others: readonly WorkflowStep[],
  step: OpenInstance['steps'][number],
): Promise<WorkflowStep> {
  const assigneeIds = [...new Set(step.assigneeIds ?? [])];
  const known = await em.count(User, { id: { $in: assigneeIds } });
  if (known < assigneeIds.length)
    throw invalidField('assigneeIds', `Unknown user among the assignees of ${step.name}`, 'unknown');
  const taken = others.map(s => s.stepId);
  if (step.stepId && taken.includes(step.stepId))
    throw invalidField('steps', `Two steps are called ${step.stepId}`, 'duplicate');
  return em.create(WorkflowStep, {
    id: id(),
    workflowId,
    stepId: step.stepId ?? nextStepId(taken),
    name: step.name,
    order: step.order ?? nextOrder(others),
    role: step.role,
    status: 'pending',
    assigneeIds,
    openTo: assigneeIds.length === 0 && step.role ? [step.role] : [],
    handedBy: [],
    delegations: [],
    metadata: step.metadata ?? {},
    reminders: 0,
  });
}
