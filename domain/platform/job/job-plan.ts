import { iso, type Plan } from '../process.ts';
import { sayJob, type Job } from './job.ts';

export type JobStep = { do: 'workOnJob'; jobId: string };

export interface JobState extends Pick<Job, 'id' | 'type' | 'status' | 'mode' | 'total' | 'done'> {
  ownerId: string | null;
  since: number;
}

/** Works as long as there are rows; a paused job waits for a person. */
export function jobPlan(job: JobState): Plan<JobStep> {
  const closed = endOf(job);
  const base = { ownerId: job.ownerId, future: [], wakeAt: null, step: null, waitingFor: null, needsHuman: false };
  if (closed) return { ...base, closed, stage: closed[0]!.toUpperCase() + closed.slice(1) };
  const paused = job.status === 'paused';
  const sentence = sayJob(job);
  const waitingFor = {
    sentence: paused ? `Paused: ${sentence.toLowerCase()}; goes on when somebody resumes it.` : `${sentence}.`,
    on: paused ? 'somebody to resume it' : 'the next rows',
    since: iso(job.since),
    due: null,
    until: null,
    then: paused ? 'it goes on' : 'the report is ready',
    person: paused,
  };
  if (paused) return { ...base, closed: null, stage: 'Paused', needsHuman: true, waitingFor };
  return { ...base, closed: null, stage: 'Working', step: { do: 'workOnJob', jobId: job.id }, waitingFor };
}

function endOf({ status, mode }: JobState): string | null {
  if (status === 'draft') return 'checked';
  if (status === 'completed') return mode === 'undo' ? 'undone' : 'completed';
  return status === 'failed' || status === 'cancelled' ? status : null;
}
