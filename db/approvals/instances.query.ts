import type { z } from 'zod';
import type { DecisionEntry } from '../../domain/approvals/decision.ts';
import type { InstanceDetail } from '../../domain/approvals/instance.contract.ts';
import { instanceStatuses, instanceTypes, type Instance } from '../../domain/approvals/instance.ts';
import type { Step } from '../../domain/approvals/step.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import type { ListQuery } from '../../domain/platform/list.ts';
import { scopeOf } from '../../domain/platform/permission.ts';
import { listRows, type ListAnswer } from '../platform/list.query.ts';
import type { Reader } from '../platform/reader.ts';
import { allOf, anywhere, selected, sql, type Sql } from '../platform/sql.ts';
import {
  instanceColumns,
  namedIn,
  stepColumns,
  toInstance,
  type InstanceRow,
  type Known,
  type StepRow,
} from './approval-rows.query.ts';
import { knownSql, standsInOn } from './stand-in.query.ts';

const columnName = (name: string): string => name.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`);
const instanceRow = Object.fromEntries(instanceColumns.map(c => [c, sql.ref(`i.${columnName(c)}`)])) as Record<
  string,
  Sql
>;
const stepRow = stepColumns.map(
  c => sql`${sql.ref(c === 'order' ? 's.step_order' : `s.${columnName(c)}`)} as ${sql.ref(c)}`,
);
const undecided = sql`('pending', 'in_progress', 'delegated')`;

/** Approvals that the actor may see; `filter[waitingForMe]=true` is the inbox (APR-017, 031). */
export async function listInstances(read: Reader, actor: Actor, query: ListQuery): Promise<ListAnswer<Instance>> {
  const found = await listRows<InstanceRow>(
    read,
    {
      columns: instanceRow,
      from: sql`workflow_instance i`,
      where: [sql`i.deleted_at is null`, visibleTo(actor)],
      key: sql`i.id`,
      fields: {
        createdAt: { sql: sql`i.created_at`, kind: 'instant' },
        updatedAt: { sql: sql`i.updated_at`, kind: 'instant' },
        title: { sql: sql`i.title`, kind: 'text' },
        status: { sql: sql`i.status`, kind: 'text' },
        type: { sql: sql`i.type`, kind: 'text' },
        referenceType: { sql: sql`i.reference_type`, kind: 'text' },
        referenceId: { sql: sql`i.reference_id`, kind: 'uuid' },
        storyId: { sql: sql`i.story_id`, kind: 'uuid' },
        templateId: { sql: sql`i.template_id`, kind: 'uuid', nullable: true },
        requesterId: { sql: sql`i.requester_id`, kind: 'uuid', nullable: true },
        slaDeadline: { sql: sql`i.sla_deadline`, kind: 'instant', nullable: true },
        isOverdue: { sql: sql`i.is_overdue`, kind: 'boolean' },
      },
      filters: { waitingForMe: values => (values[0] === 'false' ? sql`not (${waitsFor(actor)})` : waitsFor(actor)) },
      search: text => sql`i.title ilike ${anywhere(text)}`,
      defaultSort: '-createdAt',
    },
    anyCase(query),
  );
  return { ...found, items: await withSteps(read, found.items) };
}

/** The approval with its decisions; undefined if there is none that the actor may see. */
export async function readInstance(
  read: Reader,
  actor: Actor,
  id: string,
): Promise<z.output<typeof InstanceDetail> | undefined> {
  const instance = await findInstance(read, id, visibleTo(actor));
  return instance && { ...instance, history: await decisionsOn(read, instance) };
}

/** The approvals among these that the actor may see. */
export async function readableInstances(read: Reader, actor: Actor, ids: readonly string[]): Promise<Set<string>> {
  const rows = await read.rows<{ id: string }>(sql`select i.id from workflow_instance i
    where i.id = any(${[...ids]}::uuid[]) and ${visibleTo(actor)}`);
  return new Set(rows.map(r => r.id));
}

/** Who could be asked. */
export const activeUsers = (read: Reader): Promise<Pick<Known, 'id' | 'name' | 'role'>[]> =>
  read.rows(
    sql`select id, full_name as name, role from app_user where active and deleted_at is null order by full_name`,
  );

/** The approval, whoever asks. */
export async function findInstance(read: Reader, id: string, visible: Sql = sql`true`): Promise<Instance | undefined> {
  const where = allOf([sql`i.id = ${id}`, sql`i.deleted_at is null`, visible]);
  const rows = await read.rows<InstanceRow>(
    sql`select ${selected(instanceRow)} from workflow_instance i where ${where}`,
  );
  return (await withSteps(read, rows))[0];
}

async function withSteps(read: Reader, rows: InstanceRow[]): Promise<Instance[]> {
  if (!rows.length) return [];
  const steps = await read.rows<StepRow>(
    sql`select ${sql.join(stepRow)} from workflow_step s where s.workflow_id = any(${rows.map(r => r.id)}::uuid[])`,
  );
  const { ids, roles } = namedIn(rows, steps);
  const known = await read.rows<Known>(knownSql(sql`${ids}::uuid[]`, sql`${roles}::text[]`));
  return rows.map(row => toInstance(row, steps, known));
}

/** What was decided on the approval, and who handed what to whom before, oldest first (APR-027, 028). */
async function decisionsOn(read: Reader, { id: instanceId, steps }: Instance): Promise<DecisionEntry[]> {
  const rows = await read.rows<Omit<DecisionEntry, 'by' | 'to'> & { byId: string | null; byName: string | null }>(
    sql`select d.id, d.workflow_step_id as "workflowStepId", s.step_id as "stepId", s.name as "stepName", d.decision,
      d.decided_by as "byId", u.full_name as "byName", d.decided_at as at, d.comment, d.step_version as "stepVersion",
      d.subject_version as "subjectVersion", case when f.id is not null
        then jsonb_build_object('id', f.id, 'name', f.full_name) end as "inPlaceOf"
    from decision d join workflow_step s on s.id = d.workflow_step_id left join app_user u on u.id = d.decided_by
      left join app_user f on f.id = d.decided_for
    where d.workflow_id = ${instanceId} order by d.decided_at, s.step_order`,
  );
  const decided = rows.map(
    ({ byId, byName, ...d }) => ({ ...d, by: byId ? { id: byId, name: byName ?? '' } : null, to: null }),
  );
  return [...steps.flatMap(handedOver), ...decided].sort((a, b) => a.at.localeCompare(b.at));
}

const handedOver = ({ id, stepId, name, delegations }: Step): DecisionEntry[] =>
  delegations.map(({ from, to, ...d }) => ({
    ...d, workflowStepId: id, stepId, stepName: name, decision: 'delegated', by: from, to,
    inPlaceOf: null, subjectVersion: null,
  }));

const rolesOf = (actor: Actor): string[] => [
  ...(actor.role ? [actor.role] : []),
  ...(actor.role === 'SUPER_ADMIN' ? ['ADMIN'] : []),
];
const isMine = (actor: Actor): Sql =>
  sql`((${actor.userId}::uuid = any(s.assignee_ids) or s.open_to && ${rolesOf(actor)}::text[])
    and not ${actor.userId}::uuid = any(s.handed_by) or ${standsInOn(actor)})`;

/** Rows of `workflow_instance i`: everything, or what the actor asked for, is a member of, decides or has decided. */
export function visibleTo(actor: Actor): Sql {
  const scope = scopeOf(actor.permissions, 'workflow-instance:read');
  if (scope === 'all') return sql`true`;
  if (scope === null) return sql`false`;
  const own = sql`i.requester_id = ${actor.userId}::uuid`;
  if (scope === 'own') return own;
  return sql`(${own} or ${actor.userId}::uuid = any(i.member_ids) or exists (select 1 from workflow_step s
    where s.workflow_id = i.id and (${isMine(actor)} 
      or s.decided_by = ${actor.userId}::uuid or ${actor.userId}::uuid = any(s.handed_by))))`;
}

/** An open step of it is the actor's to decide, and it is its turn: `whyNotDecide` as SQL. */
const waitsFor = (actor: Actor): Sql => sql`(i.status in ('pending', 'in_progress')
  and not (i.exclude_requester and i.requester_id is not distinct from ${actor.userId}::uuid)
  and exists (select 1 from workflow_step s where s.workflow_id = i.id and s.status in ${undecided} and ${isMine(actor)}
    and (i.mode <> 'sequence' or not exists (select 1 from workflow_step e
      where e.workflow_id = i.id and e.status in ${undecided} and e.step_order < s.step_order))))`;

/** Enumerations are taken in any case (APR, Resolution): PENDING is pending. */
function anyCase(query: ListQuery): ListQuery {
  const filter = { ...query.filter };
  for (const [field, known] of [
    ['status', instanceStatuses],
    ['type', instanceTypes],
  ] as const) {
    const given = filter[field];
    const spelled = (text: string): string =>
      text
        .split(',')
        .map(v => known.find(k => k.toLowerCase() === v.toLowerCase()) ?? v)
        .join(',');
    if (typeof given === 'string') filter[field] = spelled(given);
    else if (given) {
      const by = Object.entries(given).map(([op, v]) => [op, Array.isArray(v) ? v.map(spelled) : v && spelled(v)]);
      filter[field] = { ...given, ...Object.fromEntries(by) };
    }
  }
  return { ...query, filter };
}
