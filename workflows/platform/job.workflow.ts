import type { platformTasks } from '../../activities/platform/tasks.ts';
import type { platformVerbs } from '../../activities/platform/index.ts';
import { jobCommanded, jobRequested } from '../../domain/platform/job/job.contract.ts';
import type { ProcessInput } from '../../domain/platform/process.ts';
import { clockMoved } from '../../domain/platform/sandbox.contract.ts';
import { tasks, verbs } from './verbs.ts';
import { watch } from './watch.ts';

const { lookAtJob } = verbs<typeof platformVerbs>();
const { workOnJob } = tasks<typeof platformTasks>();

const hears = [jobRequested, jobCommanded, clockMoved];

/** Works on the rows of a job until there are none left; waits while it is paused. */
export async function job(input: ProcessInput): Promise<string> {
  return watch(input, lookAtJob, { workOnJob: ({ jobId }) => workOnJob({ jobId }) }, hears);
}
