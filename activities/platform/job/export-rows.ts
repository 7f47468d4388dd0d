import { createHash } from 'node:crypto';
import { z } from 'zod';
import { Job, StoredFile } from '../../../db/platform/job/job.entity.ts';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { invalidField } from '../../../domain/platform/errors.ts';
import { jobProgressed, NewExport } from '../../../domain/platform/job/job.contract.ts';
import { manyOfKind } from '../../../domain/platform/job/job-kind.ts';
import { allows } from '../../../domain/platform/permission.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { jobRecordNamed } from '../../job-records.ts';
import { verb, type VerbContext } from '../verb.ts';
import { aboutJob, beginRound, OfJob } from './ask-job.ts';
import { exportColumnsOf, jobRecordFor } from './job-record.ts';
import { proveQuery } from './job-query.ts';
import { jobAtWork, More } from './row-work.ts';
import { settleJob } from './settle-job.ts';
import { bytesOf, piecesOf, putPart } from './stored-file.ts';
import { workbookOf } from './write-table.ts';

export const xlsxType = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** Asks for a list as a file. */
export const createExport = verb(
  { name: 'create-export', needs: 'export:create', input: NewExport, output: OfJob },
  async (ctx, { record, format, columns, query }) => {
    const of = await jobRecordFor(ctx, jobRecordNamed(record));
    if (!allows(ctx.actor.ability, `${of.record.subject}:read`))
      throw new Refusal('forbidden', 'You do not have permission to do this');
    const many = manyOfKind(of.kind);
    const known = exportColumnsOf(of);
    const unknown = columns?.find(name => !Object.hasOwn(known, name));
    if (unknown !== undefined) throw invalidField('columns', `There is no field ${unknown}`);
    proveQuery(of, ctx.actor, query);
    const file = ctx.em.create(StoredFile, {
      ...{ id: ctx.id(), name: `${many}.${format}`, size: 0 },
      mediaType: format === 'csv' ? 'text/csv' : xlsxType,
    });
    const job = ctx.em.create(Job, {
      ...{ id: ctx.id(), type: 'export', record, title: `Export of ${many}`, resultFileId: file.id, round: 0 },
      params: { format, columns: columns ?? Object.keys(known), query },
    });
    await beginRound(ctx, job, 'run');
    return { jobId: job.id };
  },
);

/** Keeps the next piece of an export; one that is kept already changes nothing. */
export const exportRows = verb(
  {
    name: 'export-rows',
    needs: 'export:create',
    input: OfJob.extend({
      from: z.int().meta({ description: 'How many rows were written before' }),
      rows: z.int(),
      data: z.base64(),
      cursor: z.string().nullable().meta({ description: 'Where it goes on; null at the end' }),
    }),
    output: More,
  },
  async (ctx, { jobId, from, rows, data, cursor }) => {
    const job = await jobAtWork(ctx, jobId);
    if (!job) return { more: false };
    if (job.done !== from) return { more: true };
    const about = aboutJob(job);
    const { send } = transactionOf(ctx.em);
    await putPart(ctx, job.resultFileId!, from, Buffer.from(data, 'base64'));
    await send(
      `update job set status = 'processing', done = done + $2, cursor = $3, updated_at = now(),
         total = case when $3::text is null then done + $2 else total end where id = $1`,
      [jobId, rows, cursor],
    );
    ctx.emit(jobProgressed, about);
    if (cursor !== null) return { more: true };
    await close(ctx, job.resultFileId!, job.params['format'] === 'xlsx');
    ctx.em.clear();
    await ctx.run(settleJob, { jobId, problem: null });
    return { more: false };
  },
);

async function close(ctx: VerbContext, fileId: string, isWorkbook: boolean): Promise<void> {
  const { send } = transactionOf(ctx.em);
  if (isWorkbook) {
    const workbook = workbookOf(await piecesOf(ctx, fileId));
    await send('delete from stored_file_part where file_id = $1', [fileId]);
    await putPart(ctx, fileId, 0, workbook);
  }
  const bytes = await bytesOf(ctx, fileId);
  await send('update stored_file set size = $2, sha256 = $3 where id = $1', [
    ...[fileId, bytes.length, createHash('sha256').update(bytes).digest('hex')],
  ]);
}
