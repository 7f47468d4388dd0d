import { customFieldsOf } from '../../../../db/platform/custom-field/custom-fields.query.ts';
import { StoredFile, type Job } from '../../../../db/platform/job/job.entity.ts';
import { transactionOf } from '../../../../db/platform/pool/transaction.ts';
import { readerOf } from '../../../../db/platform/reader.ts';
import { isCustomRecord } from '../../../../domain/platform/custom-field/custom-field.ts';
import { invalidField, Refusal } from '../../../../domain/platform/errors.ts';
import type { NewExport } from '../../../../domain/platform/job/job.contract.ts';
import { allows } from '../../../../domain/platform/permission.ts';
import { jobRecordNamed } from '../../../job-records.ts';
import type { VerbContext } from '../../verb.ts';
import { listQueryOf, proveQuery } from '../job-query.ts';
import { cellOf, exportColumnsOf, jobRecordFor, withCustomFields, type JobRecord } from '../job-record.ts';
import { settleJob } from '../settle-job.ts';
import { putPart } from '../stored-file.ts';
import { shown } from '../write-table.ts';

type Asked = Pick<NewExport, 'record' | 'query'>;
const pageRows = 500;

/** The kind of record that a task is about, where the actor may read it and the list knows what is asked of it. */
export async function provedRecord(ctx: VerbContext, { record, query }: Asked): Promise<JobRecord> {
  const of = await jobRecordFor(ctx, inPayload(() => jobRecordNamed(record)));
  if (!allows(ctx.actor.ability, `${of.record.subject}:read`))
    throw new Refusal('forbidden', 'You do not have permission to do this');
  inPayload(() => proveQuery(of, ctx.actor, query));
  return of;
}

/** Refuses a field that the list does not show, by its place in the payload. */
export function proveColumns(of: JobRecord, at: string, names: readonly string[]): void {
  const known = exportColumnsOf(of);
  const unknown = names.find(name => !Object.hasOwn(known, name));
  if (unknown !== undefined) throw invalidField(`payload/${at}`, `There is no field ${unknown}`);
}

function inPayload<T>(act: () => T): T {
  try {
    return act();
  } catch (e) {
    if (!(e instanceof Refusal) || !e.details.fields) throw e;
    const fields = e.details.fields.map(f => ({ ...f, pointer: `/payload${f.pointer}` }));
    throw new Refusal(e.code, e.message, { ...e.details, fields });
  }
}

/** What the asker may read of the list, as people read it; more rows than `max` are refused. */
export async function rowsAsked(
  ctx: VerbContext, { record, query }: Asked, columns: readonly string[], max: number,
): Promise<{ labels: string[]; rows: Record<string, string>[] }> {
  const read = readerOf(ctx.tenantId);
  const plain = jobRecordNamed(record);
  const of = isCustomRecord(record) ? withCustomFields(plain, await customFieldsOf(read, record)) : plain;
  const labels = exportColumnsOf(of);
  const rows: Record<string, string>[] = [];
  for (let cursor: string | null | undefined; cursor !== null;) {
    const asked = { ...listQueryOf(query), pageSize: pageRows, limit: pageRows, cursor };
    const { items, nextCursor } = await of.lists.page(read, ctx.actor, asked, of.custom);
    rows.push(...items.map(row => Object.fromEntries(columns.map(name => [name, shown(cellOf(of, row, name))]))));
    if (rows.length > max) throw new Refusal('limit', `There are more than ${max.toLocaleString('en-US')} rows`);
    cursor = nextCursor;
  }
  return { labels: columns.map(name => labels[name] ?? name), rows };
}

export interface Written {
  name: string;
  mediaType: string;
  bytes: Buffer;
}

const partBytes = 2_000_000;
/** Keeps a file that a job wrote; it is its asker's. */
export async function writtenFile(ctx: VerbContext, { name, mediaType, bytes }: Written): Promise<string> {
  const file = ctx.em.create(StoredFile, { id: ctx.id(), name: name.slice(0, 255), mediaType, size: bytes.length });
  await ctx.em.flush();
  for (let at = 0; at < Math.max(bytes.length, 1); at += partBytes)
    await putPart(ctx, file.id, at / partBytes, bytes.subarray(at, at + partBytes));
  return file.id;
}

/** The job has done all of its work at once. */
export async function settled(
  ctx: VerbContext, { id: jobId }: Job, what: { done: number; fileId?: string; result?: Record<string, unknown> },
): Promise<{ more: false }> {
  await transactionOf(ctx.em).send(
    `update job set done = $2, total = $2, result_file_id = $3, result = $4::jsonb, updated_at = now() where id = $1`,
    [jobId, what.done, what.fileId ?? null, JSON.stringify(what.result ?? {})],
  );
  ctx.em.clear();
  await ctx.run(settleJob, { jobId, problem: null });
  return { more: false };
}
