import { jobRecordNamed } from '../../job-records.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { verb, type VerbContext } from '../verb.ts';
import { OfJob } from './ask-job.ts';
import type { BulkParams } from './create-bulk.ts';
import { fieldCalled, jobRecordFor, type JobRecord } from './job-record.ts';
import { jobAtWork, More, workOnRows, type Done, type WorkRow } from './row-work.ts';
import { lockedRow, patched, takenBack, unwoundFor, type Unwound } from './take-back.ts';

/** The next of many records that are changed alike. */
export const bulkRows = verb(
  { name: 'bulk-rows', needs: 'bulk:create', input: OfJob, output: More },
  async (ctx, { jobId }) => {
    const job = await jobAtWork(ctx, jobId);
    if (!job) return { more: false };
    const of = await jobRecordFor(ctx, jobRecordNamed(job.record));
    const params = job.params as unknown as BulkParams;
    return workOnRows<Unwound>(ctx, job, {
      called: field => fieldCalled(of, field),
      before: rows => unwoundFor(ctx, jobId, job.mode === 'undo' ? rows : []),
      one: (row, unwound) =>
        job.mode === 'undo' ? undone(ctx, of, { params, row, unwound }) : changed(ctx, of, params, row),
    });
  },
);

async function changed(ctx: VerbContext, of: JobRecord, params: BulkParams, row: WorkRow): Promise<Done> {
  const recordId = row.cells[0]!;
  const found = await lockedRow(ctx, of, recordId);
  if (!found || found['deletedAt']) throw notFound();
  switch (params.action) {
    case 'delete':
      await of.verbs.remove(ctx, recordId);
      return {
        outcome: 'deleted', recordId, recordVersion: (await lockedRow(ctx, of, recordId))!['version'] as number,
      };
    case 'group': {
      const isNew = await of.group!.add(ctx, params.groupId!, recordId);
      return { outcome: isNew ? 'updated' : 'skipped', recordId };
    }
    case 'tag': {
      const field = of.tags!;
      const words = [...new Set([...((found[field] as string[] | null) ?? []), ...params.tags!])];
      return withoutAfter(await patched(ctx, of, found, { [field]: words }));
    }
    case 'update':
    case 'reassign':
      return withoutAfter(await patched(ctx, of, found, params.fields!));
    default:
      return params.action satisfies never;
  }
}

const withoutAfter = ({ after: _, ...done }: Awaited<ReturnType<typeof patched>>): Done => done;

async function undone(
  ctx: VerbContext, of: JobRecord, { params, row, unwound }: { params: BulkParams; row: WorkRow; unwound: Unwound },
): Promise<Done> {
  if (params.action !== 'group') return takenBack(ctx, of, row, unwound);
  await of.group!.remove(ctx, params.groupId!, row.recordId!);
  return { outcome: 'undone' };
}
