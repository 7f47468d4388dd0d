import type { Approval } from '../../db/approvals/approval.query.ts';
import type { WorkflowStep } from '../../db/approvals/workflow-step.entity.ts';
import type { Instance } from '../../domain/approvals/instance.ts';
import { approversOf, toldOf, type Step } from '../../domain/approvals/step.ts';
import { rendered } from '../../domain/platform/notification-template.ts';
import { sayInstant } from '../../domain/platform/sentence.ts';
import { notify } from '../platform/notify.ts';
import type { VerbContext } from '../platform/verb.ts';

interface Asked {
  instance: Instance;
  step: Step;
  approvers: string;
}

/**
 * Notifies those who can decide the step. If no active user can, it goes to the administrators, with a notice, so that
 * it cannot hang (APR-023).
 */
export async function askApprovers(
  ctx: VerbContext,
  approval: Approval,
  row: WorkflowStep,
  template: 'approval-request' | 'approval-reminder',
): Promise<Asked> {
  let asked = asView(await approval.view(), row);
  const orphaned = asked.step.assignees.length === 0 && !row.openTo.includes('ADMIN');
  if (orphaned) {
    row.openTo = [...row.openTo, 'ADMIN'];
    asked = asView(await approval.view(), row);
  }
  await ctx.run(notify, {
    userIds: toldOf(asked.step),
    ...about(asked.instance, 'workflow.step.opened'),
    ...text(asked, orphaned ? 'approval-no-holder' : template, approval.timeZone),
  });
  return asked;
}

/** Notifies those who can decide the step from now on, next to who was asked before. */
export async function askAlso(
  ctx: VerbContext,
  approval: Approval,
  row: WorkflowStep,
  userIds: string[],
): Promise<void> {
  const asked = asView(await approval.view(), row);
  await ctx.run(notify, {
    userIds,
    ...about(asked.instance, 'workflow.step.opened'),
    ...text(asked, 'approval-request', approval.timeZone),
  });
}

function text(
  { instance, step }: Asked,
  template: 'approval-request' | 'approval-reminder' | 'approval-no-holder',
  timeZone: string,
) {
  const facts = { title: instance.title, step: step.name, requester: instance.requesterName ?? 'The system' };
  if (template === 'approval-no-holder') return rendered(template, facts);
  if (template === 'approval-reminder')
    return rendered(template, { ...facts, since: sayInstant(step.openedAt ?? instance.createdAt, timeZone) });
  return rendered(template, {
    ...facts,
    due: instance.slaDeadline ? `Due on ${sayInstant(instance.slaDeadline, timeZone)}.` : '',
  });
}

function asView(instance: Instance, row: WorkflowStep): Asked {
  const step = instance.steps.find(s => s.id === row.id)!;
  return { instance, step, approvers: approversOf(step) };
}

/** What a notification of an approval refers to: the instance, where it can be decided. */
export const about = (instance: Instance, event: string) => ({
  referenceType: 'workflow-instance',
  referenceId: instance.id,
  event,
  metadata: { storyId: instance.storyId, subjectType: instance.referenceType, subjectId: instance.referenceId },
});
