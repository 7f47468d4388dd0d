import { Context } from '@temporalio/activity';
import { customFieldsOf } from '../../../db/platform/custom-field/custom-fields.query.ts';
import { isCustomRecord } from '../../../domain/platform/custom-field/custom-field.ts';
import { readerOf, type Reader } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import type { NewExport } from '../../../domain/platform/job/job.contract.ts';
import type { JobMode, JobType } from '../../../domain/platform/job/job.ts';
import { firstRows, rowsAtOnce } from '../../../domain/platform/job/rows-at-once.ts';
import { jobRecordNamed } from '../../job-records.ts';
import { jobTasks } from '../../job-tasks.ts';
import { failing } from '../as-activity.ts';
import { callerInScope, run, type Caller } from '../verb.ts';
import { bulkRows } from './bulk-rows.ts';
import { exportRows } from './export-rows.ts';
import { importRows, stageImport } from './import-rows.ts';
import { askerOf } from './job-asker.ts';
import { listQueryOf } from './job-query.ts';
import { cellOf, exportColumnsOf, withCustomFields, type JobRecord } from './job-record.ts';
import { failAttempt, takeUpJob } from './try-job.ts';
import { csvOf, sheetRowsOf } from './write-table.ts';

interface Row {
  type: JobType;
  mode: JobMode;
  record: string;
  total: number | null;
  done: number;
  cursor: string | null;
  params: Pick<NewExport, 'format' | 'query'> & { columns: string[] };
  createdBy: string | null;
  apiKeyId: string | null;
}

/** How long a step works before its process says how far it is. */
const sliceMs = 5_000,
  exportedAtOnce = 500;

/**
 * Works on a job for some seconds, on behalf of who asked for it, with the rights that they have now. Each chunk is a
 * transaction with its mark, so that it may be interrupted anywhere and begun again.
 */
export const workOnJob = ({ jobId }: { jobId: string }): Promise<{ more: boolean }> =>
  failing(async () => {
    const process = callerInScope();
    const read = readerOf(process.actor.tenantId);
    const context = Context.current();
    const beat = setInterval(() => context.heartbeat(), 2_000);
    const end = Date.now() + sliceMs;
    try {
      await run(takeUpJob, { jobId }, process);
      for (let rows = firstRows; ;) {
        context.heartbeat();
        const began = Date.now();
        const more = await chunk(read, jobId, process, rows);
        rows = rowsAtOnce(rows, Date.now() - began);
        if (!more || Date.now() > end) return { more };
        if (context.cancellationSignal.aborted) return { more: true };
      }
    } catch (e) {
      const { again } = await run(failAttempt, { jobId, problem: problemOf(e) }, process);
      if (!again) return { more: false };
      // The engine tries it again, later each time.
      throw e instanceof Refusal ? new Error(e.message, { cause: e }) : e;
    } finally {
      clearInterval(beat);
    }
  });

async function chunk(read: Reader, jobId: string, process: Caller, rows: number): Promise<boolean> {
  const job = await read.row<Row>(sql`select type, mode, record, total, done, cursor, params, status,
    created_by as "createdBy", api_key_id as "apiKeyId" from job where id = ${jobId}`);
  if (!job) return false;
  const caller = { actor: await askerOf(read, job), now: process.now };
  if (Object.hasOwn(jobTasks, job.type)) return (await run(jobTasks[job.type]!.work, { jobId }, caller)).more;
  if (job.type === 'bulk') return (await run(bulkRows, { jobId }, caller)).more;
  if (job.type === 'export') return exportPage(read, jobId, job, caller);
  const ready = job.total !== null || (await run(stageImport, { jobId }, caller)).more;
  return ready && (await run(importRows, { jobId, atMost: rows }, caller)).more;
}

async function exportPage(read: Reader, jobId: string, job: Row, caller: Caller): Promise<boolean> {
  const { format, columns, query } = job.params;
  const of = await exported(read, job.record);
  const cursor = job.cursor ?? undefined;
  const asked = { ...listQueryOf(query), pageSize: exportedAtOnce, limit: exportedAtOnce, cursor };
  const { items, nextCursor } = await of.lists.page(read, caller.actor, asked, of.custom);
  const labels = exportColumnsOf(of);
  const first = job.done === 0;
  const rows = [
    ...(first ? [columns.map(name => labels[name] ?? name)] : []),
    ...items.map(row => columns.map(c => cellOf(of, row, c))),
  ];
  const data = format === 'csv' ? csvOf(rows, first) : sheetRowsOf(rows, first ? 0 : job.done + 1);
  const piece = { jobId, from: job.done, rows: items.length, data: data.toString('base64'), cursor: nextCursor };
  return (await run(exportRows, piece, caller)).more;
}

async function exported(read: Reader, name: string): Promise<JobRecord> {
  const of = jobRecordNamed(name);
  return isCustomRecord(name) ? withCustomFields(of, await customFieldsOf(read, name)) : of;
}

/** What is said of a fault; of one of ours only what it is called: its text may tell what nobody should read. */
function problemOf(e: unknown): string {
  if (e instanceof Refusal) return e.details.fields?.[0]?.message ?? e.message;
  return `A fault of the product (${e instanceof Error ? e.name : 'unknown'})`;
}
