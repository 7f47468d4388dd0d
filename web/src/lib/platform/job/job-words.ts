import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import CircleMinus from '@lucide/svelte/icons/circle-minus';
import CirclePause from '@lucide/svelte/icons/circle-pause';
import CircleX from '@lucide/svelte/icons/circle-x';
import LoaderCircle from '@lucide/svelte/icons/loader-circle';
import type { Job, JobStatus, JobType } from '#domain/platform/job/job.ts';
import type { Icon } from '#lib/ui/icon.ts';

const tones: Record<JobStatus, 'neutral' | 'success' | 'warning' | 'danger' | 'info'> = {
  draft: 'neutral', pending: 'info', processing: 'info', paused: 'warning', completed: 'success', failed: 'danger',
  cancelled: 'neutral',
};
export const toneOf = ({ status }: Pick<Job, 'status'>): (typeof tones)[JobStatus] => tones[status];

const types: Record<JobType, string> = {
  import: 'Import', export: 'Export', bulk: 'Change of many', account_type_update: 'Account type',
  image_extraction: 'Pictures of a file', pdf: 'PDF', report: 'Report',
};
export const typeWord = (type: JobType): string => types[type];

const icons: Record<JobStatus, Icon> = {
  draft: CircleDashed, pending: LoaderCircle, processing: LoaderCircle, paused: CirclePause, completed: CircleCheck,
  failed: CircleX, cancelled: CircleMinus,
};
export const iconOf = ({ status }: Pick<Job, 'status'>): Icon => icons[status];

export const statusWord = ({ status, mode }: Pick<Job, 'status' | 'mode'>): string =>
  status === 'completed' && mode === 'undo' ? 'Undone' : status[0]!.toUpperCase() + status.slice(1);

export const isAtWork = ({ status }: Pick<Job, 'status'>): boolean => status === 'pending' || status === 'processing';
