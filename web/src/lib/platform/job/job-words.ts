import type { Job, JobStatus, Outcome } from '#domain/platform/job/job.ts';

const tones: Record<JobStatus, 'neutral' | 'success' | 'warning' | 'danger' | 'info'> = {
  draft: 'neutral', pending: 'info', processing: 'info', paused: 'warning', completed: 'success', failed: 'danger',
  cancelled: 'neutral',
};
export const toneOf = ({ status }: Pick<Job, 'status'>): (typeof tones)[JobStatus] => tones[status];

export const statusWord = ({ status, mode }: Pick<Job, 'status' | 'mode'>): string =>
  status === 'completed' && mode === 'undo' ? 'Undone' : status[0]!.toUpperCase() + status.slice(1);

/** "97 created, 3 failed". */
export const sayCounts = (counts: Partial<Record<Outcome, number>>): string =>
  Object.entries(counts)
    .map(([outcome, n]) => `${n.toLocaleString('en-US')} ${outcome}`)
    .join(', ');

export const isAtWork = ({ status }: Pick<Job, 'status'>): boolean => status === 'pending' || status === 'processing';
