import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { Job } from '../../../db/platform/job/job.entity.ts';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { jobCommanded, jobRequested, jobProcess } from '../../../domain/platform/job/job.contract.ts';
import { missingFields } from '../../../domain/platform/job/import-cells.ts';
import { jobCommands, whyNotJob, type JobMode } from '../../../domain/platform/job/job.ts';
import { scopeOf } from '../../../domain/platform/permission.ts';
import { jobRecordNamed } from '../../job-records.ts';
import { restartProcess } from '../process/start-process.ts';
import { verb, type VerbContext } from '../verb.ts';
import { importFieldsOf, jobRecordFor } from './job-record.ts';
import { didSomething } from './take-back.ts';

export const OfJob = z.object({ jobId: Id });
export const aboutJob = ({ id, createdBy, type, mode, title }: Job) => ({
  jobId: id, ownerId: createdBy ?? null, type, mode, title,
});

/** The job for this transaction alone; of the actor's own, or any to who may change all. */
export async function lockedJob({ em, actor }: VerbContext, id: string): Promise<Job> {
  const job = await em.findOne(Job, { id, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const all = actor.kind !== 'user' || scopeOf(actor.permissions, 'job:update') === 'all';
  if (!job || !(all || job.createdBy === actor.userId)) throw notFound();
  return job;
}

/** Starts a round of the process: each row is worked on once in it. */
export async function beginRound(ctx: VerbContext, job: Job, mode: JobMode): Promise<void> {
  Object.assign(job, { mode, done: 0, counts: {}, result: null, round: job.round + 1 });
  await begin(ctx, job);
}

/** Its rows are those that did something: of the others there is nothing to take back. */
async function beginUndo(ctx: VerbContext, job: Job): Promise<void> {
  const [rows] = await transactionOf(ctx.em).send<{ n: number }>(
    `select count(*)::int as n from job_row where job_id = $1 and ${didSomething}`, [job.id],
  );
  job.total = rows!.n;
  await beginRound(ctx, job, 'undo');
}

/** Work is done with the rights of whoever asked for it, by the key that they came by. */
async function begin(ctx: VerbContext, job: Job): Promise<void> {
  Object.assign(job, { status: 'pending', problem: null, attempts: 0, apiKeyId: ctx.actor.apiKeyId ?? null });
  const about = { title: job.title, ownerId: job.createdBy ?? null };
  await restartProcess(ctx, jobProcess, job.id, about);
  ctx.emit(jobRequested, aboutJob(job));
}

/** Checks, starts, pauses, resumes, cancels, undoes a job, or lets it be tried again. */
export const askJob = verb(
  {
    name: 'ask-job',
    needs: 'job:update',
    input: OfJob.extend({ command: z.enum(jobCommands) }),
    output: OfJob,
  },
  async (ctx, { jobId, command }) => {
    const job = await lockedJob(ctx, jobId);
    const whyNot = whyNotJob(command, job);
    if (whyNot) throw new Refusal('conflict', whyNot);
    if (command === 'check' || command === 'start') await refuseWithout(ctx, job);
    if (command === 'check') await beginRound(ctx, job, 'check');
    else if (command === 'start') await beginRound(ctx, job, 'run');
    else if (command === 'undo') await beginUndo(ctx, job);
    // What is done stays done: it goes on behind it.
    else if (command === 'retry') await begin(ctx, job);
    else {
      const begun = job.attempts > 0 ? 'processing' : 'pending';
      job.status = command === 'pause' ? 'paused' : command === 'resume' ? begun : 'cancelled';
      ctx.emit(jobCommanded, aboutJob(job));
    }
    return { jobId };
  },
);

/** No row could make a record: that is said at once, and not of each of them. */
async function refuseWithout(ctx: VerbContext, job: Job): Promise<void> {
  const fields = importFieldsOf(await jobRecordFor(ctx, jobRecordNamed(job.record)));
  const missing = missingFields(fields, job.mapping!);
  if (!missing.length) return;
  const message = 'No column goes there, and no new record can be made without it (onMatch update makes none)';
  throw new Refusal('invalid', `No column goes to ${missing.map(f => f.label).join(', ')}`, {
    fields: missing.map(f => ({ pointer: `/${f.name}`, code: 'required', message: `${f.label}: ${message}` })),
  });
}
