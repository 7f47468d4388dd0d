import { Job } from '../../../db/platform/job/job.entity.ts';
import { jobProcess } from '../../../domain/platform/job/job.contract.ts';
import { jobPlan, type JobState } from '../../../domain/platform/job/job-plan.ts';
import { look } from '../process/look.ts';
import type { VerbContext } from '../verb.ts';

/** Where a job stands. */
export const lookAtJob = look(jobProcess, jobState, jobPlan);

async function jobState({ em }: VerbContext, id: string): Promise<JobState> {
  const { type, status, mode, total, done, createdBy, updatedAt } = await em.findOneOrFail(Job, { id });
  return { id, type, status, mode, done, total: total ?? null, ownerId: createdBy ?? null, since: +updatedAt };
}
