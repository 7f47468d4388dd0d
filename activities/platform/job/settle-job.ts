import { z } from 'zod';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { jobSettled } from '../../../domain/platform/job/job.contract.ts';
import { sayJob } from '../../../domain/platform/job/job.ts';
import { rendered } from '../../../domain/platform/notification-template.ts';
import { notify } from '../notify.ts';
import { verb } from '../verb.ts';
import { aboutJob, lockedJob, OfJob } from './ask-job.ts';

/** Writes that a round is over, well or with a problem, and tells who asked for it. */
export const settleJob = verb(
  { name: 'settle-job', needs: 'process', input: OfJob.extend({ problem: z.string().nullable() }), output: z.null() },
  async (ctx, { jobId, problem }) => {
    const job = await lockedJob(ctx, jobId);
    if (job.status !== 'pending' && job.status !== 'processing') return null;
    const checked = job.mode === 'check' && !problem;
    const status = problem ? 'failed' : checked ? 'draft' : 'completed';
    await transactionOf(ctx.em).send(
      `update job set status = $2::text, problem = $3, checked = case when $4 then counts else checked end,
         result = case when $2::text = 'completed' then coalesce(result, '{}') ||
           jsonb_strip_nulls(jsonb_build_object('rows', done, 'counts', counts, 'fileId', result_file_id)) end,
         updated_at = now() where id = $1`,
      [jobId, status, problem?.slice(0, 500) ?? null, checked],
    );
    if (job.createdBy) {
      const outcome = problem ?? `${sayJob({ ...job, total: job.total ?? null })}.`;
      const file = job.resultFileId && !problem ? ` The file: /api/files/${job.resultFileId}/content` : '';
      const text = rendered('job-settled', { job: job.title, outcome: outcome + file });
      const reference = { referenceType: 'job', referenceId: job.id, event: jobSettled.name };
      await ctx.run(notify, { ...text, ...reference, userIds: [job.createdBy] });
    }
    ctx.emit(jobSettled, aboutJob(job));
    return null;
  },
);
