import type { EntityManager } from '@mikro-orm/postgresql';
import type { Instance } from '../../domain/approvals/instance.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { transactionOf } from '../platform/pool/transaction.ts';
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
  // Sent first and not waited for: the server reads what is asked next when it has the lock.
  void transactionOf(em).send('select 1 from workflow_instance where id = $1 for update', [id]);
  const approval = await approvalOf(em, id, true);
  if (!approval) throw notFound();
  return approval;
}

/** The same without the lock, to look at. */
export const findApproval = (em: EntityManager, id: string): Promise<Approval | null> => approvalOf(em, id, false);

async function approvalOf(em: EntityManager, id: string, refresh: boolean): Promise<Approval | null> {
  // What is still to be written decides who is known.
  await em.flush();
  const { send } = transactionOf(em);
  const [row, steps, [tenant], users] = await Promise.all([
    em.findOne(WorkflowInstance, { id }, { refresh }),
    em.find(WorkflowStep, { workflowId: id }, { orderBy: { order: 'asc', stepId: 'asc' }, refresh: true }),
    send<{ timeZone: string }>(
      `select time_zone as "timeZone" from tenant where id = current_setting('app.tenant')::uuid`, [],
    ),
    send<Known>(knownOfApproval, [id]),
  ]);
  if (!row) return null;
  let known = users;
  let asked = JSON.stringify(namedIn([row], steps));
  return {
    row,
    steps,
    timeZone: tenant!.timeZone,
    view: async () => {
      await em.flush();
      const named = namedIn([row], steps);
      const who = JSON.stringify(named);
      if (who !== asked) known = await knownUsers(em, named);
      asked = who;
      return toInstance(row, steps, known);
    },
  };
}

const knownBy = (ids: string, roles: string): string =>
  `select id, full_name as name, role, active and deleted_at is null as active from app_user
   where id = any(${ids}) or (role = any(${roles}) and active and deleted_at is null)`;

/** The users with these ids, active or not, and the active holders of these roles. */
export const knownUsers = (em: EntityManager, who: { ids: string[]; roles: string[] }): Promise<Known[]> =>
  transactionOf(em).send<Known>(knownBy('$1::uuid[]', '$2::text[]'), [who.ids, who.roles]);

/** Those whom `namedIn` names, as the database finds them: no need to read the approval first. */
const knownOfApproval = knownBy(
  `array(select requester_id from workflow_instance where id = $1 union all
     select unnest(assignee_ids || decided_by) from workflow_step where workflow_id = $1)`,
  `array(select unnest(open_to) from workflow_step where workflow_id = $1 union all
     select 'SUPER_ADMIN' from workflow_step where workflow_id = $1 and 'ADMIN' = any(open_to))`,
);
