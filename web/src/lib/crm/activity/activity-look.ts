import ArrowRight from '@lucide/svelte/icons/arrow-right';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import ChevronDown from '@lucide/svelte/icons/chevron-down';
import ChevronsUp from '@lucide/svelte/icons/chevrons-up';
import ChevronUp from '@lucide/svelte/icons/chevron-up';
import Equal from '@lucide/svelte/icons/equal';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Mail from '@lucide/svelte/icons/mail';
import Phone from '@lucide/svelte/icons/phone';
import Plus from '@lucide/svelte/icons/plus';
import StickyNote from '@lucide/svelte/icons/sticky-note';
import type { TaskPriority } from '#domain/crm/activity/task.ts';
import type { TimelineItem } from '#domain/crm/activity/timeline.contract.ts';
import type { Icon, Tone } from '#lib/ui/icon.ts';
import { choiceLabel } from '../crm-module.ts';

/** What can be entered on a timeline. */
export const entryKinds = ['note', 'call', 'email', 'meeting', 'task'] as const;
export type EntryKind = (typeof entryKinds)[number];
export const entryLook: Record<EntryKind, { label: string; icon: Icon; save: string }> = {
  note: { label: 'Note', icon: StickyNote, save: 'Add note' },
  call: { label: 'Call', icon: Phone, save: 'Log call' },
  email: { label: 'E-mail', icon: Mail, save: 'Log e-mail' },
  meeting: { label: 'Meeting', icon: CalendarDays, save: 'Log meeting' },
  task: { label: 'Task', icon: ListChecks, save: 'Add task' },
};

export const priorityLook: Record<TaskPriority, { text: string; icon: Icon; tone: Tone }> = {
  urgent: { text: 'Urgent', icon: ChevronsUp, tone: 'danger' },
  high: { text: 'High', icon: ChevronUp, tone: 'warning' },
  medium: { text: 'Medium', icon: Equal, tone: 'neutral' },
  low: { text: 'Low', icon: ChevronDown, tone: 'neutral' },
};

export const itemIcon = ({ kind, type }: Pick<TimelineItem, 'kind' | 'type'>): Icon => {
  if (kind === 'change') return ArrowRight;
  if (kind === 'created') return Plus;
  return entryLook[type as EntryKind]?.icon ?? ListChecks;
};

const verbs: Record<string, string> = { call: 'called', email: 'wrote', meeting: 'met', note: 'noted', task: 'did' };

/** What stands before the title of an entry: "logged a call", "moved". */
export function itemWords({ kind, type, status, from, to }: TimelineItem): string {
  if (kind === 'change') return `moved from ${choiceLabel(from ?? '–')} to ${choiceLabel(to ?? '–')}:`;
  if (kind === 'created') return `entered the ${type}`;
  if (kind === 'task') return status === 'completed' ? 'completed' : 'has to do';
  return status === 'scheduled' ? `plans a ${type === 'email' ? 'mail' : type}:` : `${verbs[type] ?? type}:`;
}

const pages: Record<string, string> = {
  account: '/accounts', contact: '/contacts', opportunity: '/opportunities', ticket: '/tickets',
};
export const itemHref = ({ recordType, recordId }: TimelineItem): string | null =>
  recordType === 'task'
    ? `/tasks?task=${recordId}`
    : pages[recordType] ? `${pages[recordType]}/${recordId}` : null;
