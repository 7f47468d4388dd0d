import type { ListQuery } from '../../domain/platform/list.ts';
import type { FutureEntry, Hold, WaitingFor } from '../../domain/platform/process.ts';
import { listRows, type ListAnswer, type ListSource } from './list.query.ts';
import type { Reader } from './reader.ts';
import { anywhere, selected, sql, type Sql } from './sql.ts';
import { waitingForOf } from './waiting-for.ts';

export interface ProcessRow {
  workflowId: string;
  type: string;
  entityType: string;
  entityId: string;
  title: string;
  status: 'starting' | 'waiting' | 'running' | 'closed' | 'failed';
  stage: string | null;
  waitingFor: WaitingFor | null;
  stuck: string | null;
  future: FutureEntry[];
  result: string | null;
  hold: Hold | null;
  nextWakeAt: string | null;
  runId: string | null;
  startedAt: string;
  closedAt: string | null;
}

const columns: Record<string, Sql> = {
  workflowId: sql`p.workflow_id`,
  type: sql`p.type`,
  entityType: sql`p.entity_type`,
  entityId: sql`p.entity_id`,
  title: sql`p.title`,
  status: sql`p.status`,
  stage: sql`p.stage`,
  waitingFor: waitingForOf('p'),
  stuck: sql`p.stuck_reason`,
  future: sql`p.future`,
  result: sql`p.result`,
  hold: sql`p.hold`,
  nextWakeAt: sql`p.next_wake_at`,
  runId: sql`p.run_id`,
  startedAt: sql`p.started_at`,
  closedAt: sql`p.closed_at`,
};

const source = (where: Sql[]): ListSource => ({
  columns,
  from: sql`process p`,
  where,
  key: sql`p.workflow_id`,
  defaultSort: '-startedAt',
  fields: {
    type: { sql: sql`p.type`, kind: 'text' },
    status: { sql: sql`p.status`, kind: 'text' },
    stage: { sql: sql`p.stage`, kind: 'text', nullable: true },
    title: { sql: sql`p.title`, kind: 'text' },
    entityId: { sql: sql`p.entity_id`, kind: 'uuid' },
    startedAt: { sql: sql`p.started_at`, kind: 'instant' },
    nextWakeAt: { sql: sql`p.next_wake_at`, kind: 'instant', nullable: true },
    troubled: { sql: sql`(p.stuck_reason is not null or p.status = 'failed')`, kind: 'boolean' },
    stuck: { sql: sql`p.stuck_reason is not null`, kind: 'boolean' },
    waitsForPerson: { sql: sql`coalesce((p.waiting_for->>'person')::boolean, false)`, kind: 'boolean' },
  },
  search: text => sql`p.title ilike ${anywhere(text)}`,
});

export const listProcesses = (read: Reader, where: Sql[], query: ListQuery): Promise<ListAnswer<ProcessRow>> =>
  listRows<ProcessRow>(read, source(where), query);

export const processById = (read: Reader, workflowId: string, visible: Sql): Promise<ProcessRow | undefined> =>
  read.row<ProcessRow>(sql`select ${selected(columns)}
    from process p where p.workflow_id = ${workflowId} and ${visible}`);

/** What happened so far, oldest first: the newest two hundred events of the entity and its story. */
export const timelineOf = (
  read: Reader,
  entityId: string,
): Promise<{ at: string; what: string; by: string; event: string; position: number | null }[]> =>
  read.rows(sql`select * from (
    select at, summary as what, actor_name as by, name as event, position, id from outbox_event
    where (story_id = ${entityId} or entity_id = ${entityId}) and name <> 'platform.clock.moved'
    order by id desc limit 200) t order by id`);

export const rejectedInputsOf = (
  read: Reader,
  workflowId: string,
): Promise<{ name: string; at: string; count: number }[]> =>
  read.rows(
    sql`select name, recorded_at as at, count from rejected_input where workflow_id = ${workflowId}
        order by id desc limit 50`,
  );

/** Which of these workflow ids are processes of the reader's tenant. */
export const ownWorkflowIds = async (read: Reader, ids: readonly string[]): Promise<Set<string>> => {
  if (!ids.length) return new Set();
  const own = await read.rows<{ id: string }>(
    sql`select workflow_id as id from process where workflow_id = any(${ids})`,
  );
  return new Set(own.map(row => row.id));
};
