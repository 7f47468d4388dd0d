import { z } from 'zod';
import { Job } from '../../../db/platform/job/job.entity.ts';
import { invalidField, Refusal } from '../../../domain/platform/errors.ts';
import type { Needs, Shape } from '../../../domain/platform/contract.ts';
import { Id } from '../../../domain/platform/id.ts';
import { NewBulk, NewExport, NewImport, NewJob } from '../../../domain/platform/job/job.contract.ts';
import type { JobType } from '../../../domain/platform/job/job.ts';
import { allows } from '../../../domain/platform/permission.ts';
import { jobTasks } from '../../job-tasks.ts';
import { verb, type VerbContext } from '../verb.ts';
import { askJob, beginRound, OfJob } from './ask-job.ts';
import { createBulk } from './create-bulk.ts';
import { createImport } from './create-import.ts';
import { createExport } from './export-rows.ts';

/** Asks for a job of any type: as the endpoint of that type does, an import as it is guessed. */
export const createJob = verb(
  { name: 'create-job', needs: 'job:create', input: NewJob, output: OfJob },
  async (ctx, { type, payload, maxAttempts }) => {
    const jobId = await made(ctx, type, payload);
    const job = await ctx.em.findOneOrFail(Job, { id: jobId });
    job.maxAttempts = maxAttempts;
    return { jobId };
  },
);

async function made(ctx: VerbContext, type: JobType, payload: Record<string, unknown>): Promise<string> {
  switch (type) {
    case 'export':
      proveMay(ctx, 'export:create');
      return (await ctx.run(createExport, taken(NewExport, payload))).jobId;
    case 'bulk':
      proveMay(ctx, 'bulk:create');
      return (await ctx.run(createBulk, taken(NewBulk.extend({ record: z.string() }), payload))).jobId;
    case 'import': {
      proveMay(ctx, 'import:create');
      const { jobId } = await ctx.run(createImport, taken(NewImport, payload));
      return (await ctx.run(askJob, { jobId, command: 'start' })).jobId;
    }
    default:
      return taskOf(ctx, type, payload);
  }
}

async function taskOf(ctx: VerbContext, type: JobType, payload: Record<string, unknown>): Promise<string> {
  const task = jobTasks[type]!;
  proveMay(ctx, task.needs);
  const params = taken(task.payload, payload) as Record<string, unknown>;
  const { title, record } = await task.about(ctx, params);
  const id = Id.parse(ctx.id());
  const job = ctx.em.create(Job, { id, type, record, title: title.slice(0, 300), params, round: 0 });
  await beginRound(ctx, job, 'run');
  return id;
}

/** What a payload says, or a refusal of its first fields that are wrong. */
function taken<P extends Shape>(shape: P, payload: Record<string, unknown>): z.output<P> {
  const parsed = shape.safeParse(payload);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw invalidField(['payload', ...path].join('/'), message);
}

function proveMay({ actor }: VerbContext, needs: Needs): void {
  if (actor.kind === 'user' && !allows(actor.ability, needs))
    throw new Refusal('forbidden', 'You do not have permission to do this');
}
