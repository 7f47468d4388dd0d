import type { EntityManager } from '@mikro-orm/postgresql';
import { transactionOf } from '../../db/platform/pool/transaction.ts';
import { findApproval } from '../../db/approvals/approval.query.ts';
import { Tenant } from '../../db/platform/tenant.entity.ts';
import { User } from '../../db/platform/identity/user.entity.ts';
import { Milestone } from '../../db/pov/milestone.entity.ts';
import type { Phase } from '../../db/pov/phase.entity.ts';
import { PovLaunch } from '../../db/pov/pov-launch.entity.ts';
import { Pov } from '../../db/pov/pov.entity.ts';
import { approvalFuture } from '../../domain/approvals/approval-plan.ts';
import { approvalWaitingFor } from '../../domain/approvals/approval-sentence.ts';
import { openItems } from '../../domain/pov/launch.ts';
import { povLifecycle } from '../../domain/pov/pov-lifecycle.contract.ts';
import {
  povPlan,
  type ApprovalState,
  type MilestoneState,
  type PhaseState,
  type PovLaunchState,
  type PovState,
} from '../../domain/pov/pov-plan.ts';
import { look } from '../platform/process/look.ts';
import type { VerbContext } from '../platform/verb.ts';
import { phasesOf } from './find-phase.ts';

/** Where a POV stands and what comes next. */
export const lookAtPov = look(povLifecycle, povState, povPlan);

async function povState(ctx: VerbContext, povId: string, now: number): Promise<PovState> {
  const { em, tenantId } = ctx;
  const pov = await em.findOneOrFail(Pov, { id: povId });
  const owner = await em.findOneOrFail(User, { id: pov.ownerId });
  const { timeZone } = await em.findOneOrFail(Tenant, { id: tenantId });
  const phases = await phasesOf(ctx, povId);
  return {
    timeZone,
    pov: {
      id: pov.id,
      title: pov.title,
      status: pov.status,
      statusSince: +pov.statusSince,
      statusReason: pov.statusReason ?? null,
      deleted: Boolean(pov.deletedAt),
      ownerId: pov.ownerId,
      ownerName: owner.fullName,
      startDate: +pov.startDate,
      endDate: +pov.endDate,
      customerMoved: await isCustomerMoved(ctx, pov),
    },
    phases: await Promise.all(phases.map(p => phaseState(em, p, now))),
    milestones: await milestoneStates(em, povId, phases),
    launch: await launchState(em, povId),
  };
}

/** Whether its opportunity is at another account than the POV says. */
async function isCustomerMoved({ em }: VerbContext, { opportunityId, accountId }: Pov): Promise<boolean> {
  if (!opportunityId) return false;
  const [row] = await transactionOf(em).send<{ moved: boolean }>(
    `select account_id is not null and account_id is distinct from $2::uuid as moved from opportunity where id = $1`,
    [opportunityId, accountId ?? null],
  );
  return row?.moved ?? false;
}

async function phaseState(em: EntityManager, p: Phase, now: number): Promise<PhaseState> {
  return {
    id: p.id,
    name: p.name,
    status: p.status,
    startDate: +p.startDate,
    endDate: +p.endDate,
    startedAt: at(p.startedAt),
    blockedAt: at(p.blockedAt),
    completedAt: at(p.completedAt),
    submittedAt: at(p.submittedAt),
    returned: p.returnedAt ? { at: +p.returnedAt, comment: p.returnComment ?? null } : null,
    approval: p.submittedAt && p.approvalInstanceId ? await approvalState(em, p.approvalInstanceId, now) : null,
  };
}

const at = (date: Date | null | undefined): number | null => (date ? +date : null);

async function approvalState(em: EntityManager, instanceId: string, now: number): Promise<ApprovalState | null> {
  const approval = await findApproval(em, instanceId);
  if (!approval) return null;
  const instance = await approval.view();
  return {
    instanceId,
    status: instance.status,
    waitingFor: approvalWaitingFor(instance, approval.timeZone, now),
    future: approvalFuture(instance, approval.timeZone),
  };
}

async function milestoneStates(em: EntityManager, povId: string, phases: readonly Phase[]): Promise<MilestoneState[]> {
  const milestones = await em.find(Milestone, { povId, deletedAt: null }, { orderBy: { dueDate: 'asc', id: 'asc' } });
  return milestones.map(m => ({
    id: m.id,
    name: m.name,
    phaseName: phases.find(p => p.id === m.phaseId)?.name ?? '',
    dueDate: +m.dueDate,
    status: m.status,
  }));
}

async function launchState(em: EntityManager, povId: string): Promise<PovLaunchState | null> {
  const launch = await em.findOne(PovLaunch, { povId, deletedAt: null });
  if (!launch) return null;
  const { items } = launch.checklist;
  return {
    confirmed: launch.confirmed,
    open: openItems(items).map(i => i.label),
    total: items.length,
    since: +launch.createdAt,
    checkedAt: +launch.checkedAt,
    reminded: Boolean(launch.remindedAt),
    launchedAt: at(launch.launchedAt),
  };
}
