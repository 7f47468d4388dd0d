import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import CircleDashed from '@lucide/svelte/icons/circle-dashed';
import CircleSlash from '@lucide/svelte/icons/circle-slash';
import Hourglass from '@lucide/svelte/icons/hourglass';
import type { FeatureRequest, FeatureRequestStatus, RequestPriority } from '#domain/pov/request/feature-request.ts';
import type { SupportRequest, SupportRequestStatus } from '#domain/pov/request/support-request.ts';
import type { Option } from '#lib/ui/form/field.ts';
import type { Look } from '../status-look.ts';

export const featureLook: Record<FeatureRequestStatus, Look> = {
  open: { text: 'Open', icon: CircleDashed, tone: 'neutral' },
  planned: { text: 'Planned', icon: CalendarClock, tone: 'info' },
  done: { text: 'Done', icon: CircleCheck, tone: 'success' },
  declined: { text: 'Declined', icon: CircleSlash, tone: 'neutral' },
};
export const supportLook: Record<SupportRequestStatus, Look> = {
  open: { text: 'Open', icon: CircleDashed, tone: 'warning' },
  waiting: { text: 'Waits for the customer', icon: Hourglass, tone: 'neutral' },
  solved: { text: 'Solved', icon: CircleCheck, tone: 'success' },
};
export const priorityLabel: Record<RequestPriority, string> = {
  low: 'Low',
  normal: 'Normal',
  high: 'High',
  urgent: 'Urgent',
};
export const severityLabel: Record<number, string> = {
  1: '1 · stops the work',
  2: '2 · hinders it',
  3: '3 · annoys',
  4: '4 · can wait',
};

export const optionsOf = (labels: Record<string, string | Look>): Option[] =>
  Object.entries(labels).map(([value, label]) => ({ value, label: typeof label === 'string' ? label : label.text }));

export const isOpen = ({ status }: Pick<FeatureRequest | SupportRequest, 'status'>): boolean =>
  !['done', 'declined', 'solved'].includes(status);
