import { LockMode } from '@mikro-orm/postgresql';
import { lockApproval, type Approval } from '../../db/approvals/approval.query.ts';
import { WorkflowInstance } from '../../db/approvals/workflow-instance.entity.ts';
import type { WorkflowStep } from '../../db/approvals/workflow-step.entity.ts';
import { User } from '../../db/platform/identity/user.entity.ts';
import { aboutInstance, stepReassigned } from '../../domain/approvals/instance.contract.ts';
import { approversOf, isOwnRequest, isUndecided, whyClosed } from '../../domain/approvals/step.ts';
import { assigneesAfter, type TeamMove } from '../../domain/approvals/team-move.ts';
import type { VerbContext } from '../platform/verb.ts';
import { askAlso, askApprovers } from './ask-approvers.ts';

/**
 * The team that a story's process asks has changed: its approvals, also those that are over, are seen by the team of
 * now (POV-024), and what is undecided is for those who hold its role now (APR-039).
 */
export async function followTeam(
  ctx: VerbContext,
  storyId: string,
  team: { memberIds: readonly string[]; moves: readonly TeamMove[] },
): Promise<void> {
  const { em } = ctx;
  const rows = await em.find(
    WorkflowInstance,
    { storyId, deletedAt: null },
    { orderBy: { id: 'asc' }, lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  const active = await em.find(User, { id: { $in: team.moves.map(m => m.userId) }, active: true, deletedAt: null });
  const moves = team.moves.map(m => (active.some(u => u.id === m.userId) ? m : { ...m, to: null }));
  // What people asked for about one of its records has no process above it, and no team.
  for (const row of rows.filter(r => r.parent)) {
    row.memberIds = [...team.memberIds];
    if (!whyClosed(row)) await reassign(ctx, await lockApproval(em, row.id), moves);
  }
}

async function reassign(ctx: VerbContext, approval: Approval, moves: readonly TeamMove[]): Promise<void> {
  const { requesterId = null, excludeRequester } = approval.row;
  for (const row of approval.steps.filter(isUndecided)) {
    const { assigneeIds, joined, left } = assigneesAfter(
      { role: row.role ?? null, assigneeIds: row.assigneeIds, handedTo: row.delegations.map(d => d.toId) },
      moves.map(m => (isOwnRequest({ requesterId, excludeRequester }, m.userId) ? { ...m, to: null } : m)),
    );
    if (!joined.length && !left.length) continue;
    row.assigneeIds = assigneeIds;
    // The administrators had it because nobody else was there.
    if (joined.length) row.openTo = row.openTo.filter(role => role !== 'ADMIN');
    if (row.openedAt) await ask(ctx, approval, row, joined);
    const instance = await approval.view();
    const about = aboutInstance(instance);
    const step = instance.steps.find(s => s.id === row.id)!;
    ctx.emit(stepReassigned, {
      ...about,
      concerns: [...new Set([...about.concerns, ...left])],
      stepId: step.stepId,
      stepName: step.name,
      approvers: approversOf(step),
    });
  }
}

/** Whoever joins is asked now; if nobody is left, the administrators are (APR-023). */
async function ask(ctx: VerbContext, approval: Approval, row: WorkflowStep, joined: string[]): Promise<void> {
  const step = (await approval.view()).steps.find(s => s.id === row.id)!;
  if (step.assignees.length === 0) await askApprovers(ctx, approval, row, 'approval-request');
  else if (joined.length) await askAlso(ctx, approval, row, joined);
}
