import { LockMode, type EntityManager } from '@mikro-orm/postgresql';
import type { Instance } from '../../domain/approvals/instance.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { Tenant } from '../platform/tenant.entity.ts';
import { User } from '../platform/identity/user.entity.ts';
import { namedIn, toInstance, type Known } from './approval-rows.query.ts';
import { WorkflowInstance } from './workflow-instance.entity.ts';
import { WorkflowStep } from './workflow-step.entity.ts';

/** An approval inside a transaction: its rows to change, and the view of them that rules and answers use. */
export interface Approval {
  row: WorkflowInstance;
  steps: WorkflowStep[];
  timeZone: string;
  /** As of now: call it again after a change. */
  view(): Promise<Instance>;
}

/** Loads the approval under its lock: whoever has it is the only one to change instance and steps until commit. */
export async function lockApproval(em: EntityManager, id: string): Promise<Approval> {
  const row = await em.findOne(WorkflowInstance, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true });
  if (!row) throw notFound();
  return approvalOf(em, row);
}

/** The same without the lock, to look at. */
export async function findApproval(em: EntityManager, id: string): Promise<Approval | null> {
  const row = await em.findOne(WorkflowInstance, { id });
  return row && approvalOf(em, row);
}

async function approvalOf(em: EntityManager, row: WorkflowInstance): Promise<Approval> {
  const steps = await em.find(
    WorkflowStep,
    { workflowId: row.id },
    { orderBy: { order: 'asc', stepId: 'asc' }, refresh: true },
  );
  const { timeZone } = await em.findOneOrFail(Tenant, { id: row.tenantId });
  return {
    row,
    steps,
    timeZone,
    view: async () => {
      await em.flush();
      return toInstance(row, steps, await knownUsers(em, namedIn([row], steps)));
    },
  };
}

/** The users with these ids, active or not, and the active holders of these roles. */
export async function knownUsers(em: EntityManager, who: { ids: string[]; roles: string[] }): Promise<Known[]> {
  const users = await em.find(User, {
    $or: [{ id: { $in: who.ids } }, { role: { $in: who.roles }, active: true, deletedAt: null }],
  });
  return users.map(u => ({ id: u.id, name: u.fullName, role: u.role, active: u.active && !u.deletedAt }));
}
