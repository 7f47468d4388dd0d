import { z } from 'zod';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { jobCommanded, TakenJobs } from '../../../domain/platform/job/job.contract.ts';
import { terminated } from '../../../domain/platform/operations/process-steering.ts';
import { scopeOf } from '../../../domain/platform/permission.ts';
import { verb } from '../verb.ts';
import { aboutJob, lockedJob, OfJob } from './ask-job.ts';
import { settleJob } from './settle-job.ts';

/** Begins an attempt of a job that is pending; one that is begun already is not begun twice. */
export const takeUpJob = verb(
  { name: 'take-up-job', needs: 'process', input: OfJob, output: z.null() },
  async (ctx, { jobId }) => {
    const job = await lockedJob(ctx, jobId);
    if (job.status === 'pending') Object.assign(job, { status: 'processing', attempts: job.attempts + 1 });
    return null;
  },
);

/** Writes that an attempt failed: it is tried again as long as there are attempts left. */
export const failAttempt = verb(
  { name: 'fail-attempt', needs: 'process', input: OfJob.extend({ problem: z.string() }), output: z.object({
    again: z.boolean(),
  }) },
  async (ctx, { jobId, problem }) => {
    const job = await lockedJob(ctx, jobId);
    if (job.status !== 'processing' && job.status !== 'pending') return { again: false };
    if (job.attempts < job.maxAttempts) {
      Object.assign(job, { status: 'pending', problem: problem.slice(0, 500) });
      return { again: true };
    }
    await ctx.run(settleJob, { jobId, problem });
    return { again: false };
  },
);

const takenAtOnce = 100;
/**
 * Takes up what is pending, of the actor's own or of all: two that call at once never take up the same one. One whose
 * process an administrator has ended is not: to be told of this would start it again.
 */
export const processJobs = verb(
  { name: 'process-jobs', needs: 'job:update', input: z.object({}), output: TakenJobs },
  async (ctx, _) => {
    const all = ctx.actor.kind !== 'user' || scopeOf(ctx.actor.permissions, 'job:update') === 'all';
    // The scheduled check leaves alone what has moved just now, as it does with all processes.
    const moved = ctx.actor.kind === 'user' ? '' : `or p.updated_at > now() - interval '10 seconds'`;
    const pending = await transactionOf(ctx.em).send<{ id: string }>(
      `select id from job where status = 'pending' and deleted_at is null ${all ? '' : 'and created_by = $3'}
         and not exists (select 1 from process p where p.entity_id = job.id and (p.result = $2 ${moved}))
       order by created_at, id limit $1 for update skip locked`,
      [takenAtOnce, terminated, ...(all ? [] : [ctx.actor.userId])],
    );
    for (const { id } of pending) {
      const job = await lockedJob(ctx, id);
      Object.assign(job, { status: 'processing', attempts: job.attempts + 1 });
      ctx.emit(jobCommanded, aboutJob(job));
    }
    return { taken: pending.map(job => job.id) };
  },
);
