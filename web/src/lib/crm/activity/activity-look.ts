import ArrowRight from '@lucide/svelte/icons/arrow-right';
import CalendarDays from '@lucide/svelte/icons/calendar-days';
import ChevronDown from '@lucide/svelte/icons/chevron-down';
import ChevronsUp from '@lucide/svelte/icons/chevrons-up';
import ChevronUp from '@lucide/svelte/icons/chevron-up';
import Equal from '@lucide/svelte/icons/equal';
import Combine from '@lucide/svelte/icons/combine';
import FlaskConical from '@lucide/svelte/icons/flask-conical';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Mail from '@lucide/svelte/icons/mail';
import MessageSquare from '@lucide/svelte/icons/message-square';
import Paperclip from '@lucide/svelte/icons/paperclip';
import PencilLine from '@lucide/svelte/icons/pencil-line';
import Phone from '@lucide/svelte/icons/phone';
import Plus from '@lucide/svelte/icons/plus';
import StickyNote from '@lucide/svelte/icons/sticky-note';
import type { TaskPriority } from '#domain/crm/activity/task.ts';
import type { TimelineItem } from '#domain/crm/activity/timeline.contract.ts';
import { contentHref } from '#lib/platform/attachment/send-file.ts';
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

export const commentLook = { label: 'Comment', icon: MessageSquare };

export const priorityLook: Record<TaskPriority, { text: string; icon: Icon; tone: Tone }> = {
  urgent: { text: 'Urgent', icon: ChevronsUp, tone: 'danger' },
  high: { text: 'High', icon: ChevronUp, tone: 'warning' },
  medium: { text: 'Medium', icon: Equal, tone: 'neutral' },
  low: { text: 'Low', icon: ChevronDown, tone: 'neutral' },
};

const kindIcons: Partial<Record<TimelineItem['kind'], Icon>> = {
  comment: MessageSquare, created: Plus, merged: Combine, pov: FlaskConical, file: Paperclip,
};
export const itemIcon = ({ kind, type, changes }: Pick<TimelineItem, 'kind' | 'type' | 'changes'>): Icon => {
  if (kind === 'change') return changes.length ? PencilLine : ArrowRight;
  return kindIcons[kind] ?? entryLook[type as EntryKind]?.icon ?? ListChecks;
};

const verbs: Record<string, string> = { call: 'called', email: 'wrote', meeting: 'met', note: 'noted', task: 'did' };
const povDone: Record<string, string> = {
  'pov.created': 'started the POV', 'phase.completed': 'completed a phase of the POV',
  'launch.confirmed': 'confirmed the launch of the POV',
};

/** What stands before the title of an entry: "logged a call", "moved". */
export function itemWords({ kind, type, status, from, to, by, changes }: TimelineItem): string {
  // Words of POVs are written in capitals.
  const moved = `from ${choiceLabel((from ?? '–').toLowerCase())} to ${choiceLabel((to ?? '–').toLowerCase())}`;
  const ofPov = povDone[type] ?? `moved ${moved} the POV`;
  switch (kind) {
    case 'change':
      return changes.length ? 'changed' : `moved from ${choiceLabel(from ?? '–')} to ${choiceLabel(to ?? '–')}:`;
    case 'created':
      return `entered the ${type}`;
    case 'merged':
      return `merged the ${type} into this one:`;
    case 'pov':
      // What the process does by itself has nobody's name.
      return by ? ofPov : capital(ofPov);
    case 'comment':
      return 'commented:';
    case 'file':
      return type === 'added' ? 'added the file' : 'removed the file';
    case 'task':
      return status === 'completed' ? 'completed' : 'has to do';
    case 'interaction':
      return status === 'scheduled' ? `plans a ${type === 'email' ? 'mail' : type}:` : `${verbs[type] ?? type}:`;
    default:
      return kind satisfies never;
  }
}
const capital = (words: string): string => words[0]!.toUpperCase() + words.slice(1);

const pages: Record<string, string> = {
  account: '/accounts', contact: '/contacts', opportunity: '/opportunities', ticket: '/tickets', pov: '/povs',
};
export function itemHref({ recordType, recordId, status }: TimelineItem): string | null {
  if (recordType === 'file') return status === 'removed' ? null : contentHref(recordId);
  if (recordType === 'task') return `/tasks?task=${recordId}`;
  return pages[recordType] ? `${pages[recordType]}/${recordId}` : null;
}
