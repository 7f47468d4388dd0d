import type { Actor } from '../../../domain/platform/actor.ts';
import { sayJob, type Job, type JobType } from '../../../domain/platform/job/job.ts';
import type { JobError, RowTrouble } from '../../../domain/platform/job/job.contract.ts';
import { jobProcess } from '../../../domain/platform/job/job.contract.ts';
import type { ListQuery } from '../../../domain/platform/list.ts';
import { scopeOf } from '../../../domain/platform/permission.ts';
import { listRows, type ListAnswer, type ListField } from '../list.query.ts';
import type { Reader } from '../reader.ts';
import { allOf, columnsOf, selected, sql, type Sql } from '../sql.ts';

export type JobRow = Omit<Job, 'sentence' | 'workflowId' | 'fields' | 'alike' | 'error'>;
/** Without what the API adds: where columns can go, and what becomes of rows without a key. */
export type ReadJob = Omit<Job, 'fields' | 'alike'>;

const columns: Record<string, Sql> = {
  ...columnsOf('j', [
    'id', 'type', 'record', 'title', 'status', 'mode', 'total', 'done', 'counts', 'checked', 'problem', 'file',
    'mapping', 'resultFileId', 'attempts', 'maxAttempts', 'result', 'createdAt', 'updatedAt', 'createdBy',
  ]),
  payload: sql`j.params`,
  createdByName: sql`(select u.full_name from app_user u where u.id = j.created_by)`,
};
const plain = (name: string): ListField => ({ sql: sql.ref(`j.${name}`), kind: 'text' });
const fields: Record<string, ListField> = {
  type: plain('type'), status: plain('status'), record: plain('record'), title: plain('title'),
  createdAt: { sql: sql`j.created_at`, kind: 'instant' },
};

/** Everybody sees what they asked for; who may read all jobs sees all. */
const visible = (actor: Actor): Sql =>
  scopeOf(actor.permissions, 'job:read') === 'all' ? sql`true` : sql`j.created_by = ${actor.userId}::uuid`;
const kept = sql`j.deleted_at is null`;
const whole = (row: JobRow): ReadJob => ({
  ...row, error: row.status === 'failed' ? row.problem : null, sentence: sayJob(row), workflowId: jobProcess.id(row.id),
});

export async function listJobs(
  read: Reader, actor: Actor, query: ListQuery, type?: JobType,
): Promise<ListAnswer<ReadJob>> {
  const found = await listRows<JobRow>(
    read,
    {
      ...{ columns, fields, from: sql`job j`, key: sql`j.id`, defaultSort: '-createdAt' },
      where: [kept, visible(actor), ...(type ? [sql`j.type = ${type}`] : [])],
    },
    query,
  );
  return { ...found, items: found.items.map(whole) };
}

export async function readJob(read: Reader, actor: Actor, id: string): Promise<ReadJob | undefined> {
  const row = await read.row<JobRow>(
    sql`select ${selected(columns)} from job j where ${allOf([sql`j.id = ${id}::uuid`, kept, visible(actor)])}`,
  );
  return row && whole(row);
}

const errorsAtOnce = 100;
const troubled: Record<RowTrouble, Sql> = {
  failed: sql`outcome = 'failed'`,
  skipped: sql`outcome = 'skipped' and jsonb_array_length(problems) > 0`,
};
/** Rows that failed this time, or were left out for a reason, or both of them, after the given one. */
export async function jobErrors(
  read: Reader, id: string, { after, outcome }: { after: number; outcome?: RowTrouble | undefined },
): Promise<{ items: JobError[]; next: number | null }> {
  const asked = outcome ? troubled[outcome] : sql`(${troubled.failed} or ${troubled.skipped})`;
  const found = await read.rows<JobError>(sql`
    select nth, cells, outcome, coalesce(problems, '[]') as problems from job_row
    where job_id = ${id}::uuid and round = (select j.round from job j where j.id = ${id}::uuid) and ${asked}
      and nth > ${after} order by nth limit ${sql.lit(errorsAtOnce + 1)}`);
  const items = found.slice(0, errorsAtOnce);
  return { items, next: found.length > items.length ? items.at(-1)!.nth : null };
}

export interface FileRow {
  name: string;
  mediaType: string;
  size: number;
}
/** A file of the actor's own, or of any job that the actor may read. */
export const readFile = (read: Reader, actor: Actor, id: string): Promise<FileRow | undefined> =>
  read.row<FileRow>(sql`select f.name, f.media_type as "mediaType", f.size from stored_file f
    where f.id = ${id}::uuid and f.deleted_at is null and ${
      scopeOf(actor.permissions, 'job:read') === 'all' ? sql`true` : sql`f.created_by = ${actor.userId}::uuid`
    }`);

/** The part at or behind a place, in base64. */
export const readFilePart = (
  read: Reader, id: string, from: number,
): Promise<{ nth: number; data: string } | undefined> =>
  read.row(sql`select nth, encode(bytes, 'base64') as data from stored_file_part
    where file_id = ${id}::uuid and nth >= ${from} order by nth limit 1`);
