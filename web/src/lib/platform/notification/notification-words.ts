import Bell from '@lucide/svelte/icons/bell';
import CalendarClock from '@lucide/svelte/icons/calendar-clock';
import CircleCheck from '@lucide/svelte/icons/circle-check';
import Gavel from '@lucide/svelte/icons/gavel';
import ListChecks from '@lucide/svelte/icons/list-checks';
import Megaphone from '@lucide/svelte/icons/megaphone';
import Milestone from '@lucide/svelte/icons/milestone';
import Rocket from '@lucide/svelte/icons/rocket';
import Undo2 from '@lucide/svelte/icons/undo-2';
import type { Notification } from '#domain/platform/notification.ts';
import type { Icon } from '#lib/ui/icon.ts';
import { recordAddress } from '#domain/platform/notification/record-address.ts';

const icons: [RegExp, Icon][] = [
  [/decided|withdrawn/, CircleCheck],
  [/approval/, Gavel],
  [/overdue|reminder|sla/, CalendarClock],
  [/task/, ListChecks],
  [/launch/, Rocket],
  [/returned/, Undo2],
  [/announcement/, Megaphone],
  [/pov|status/i, Milestone],
];
export const notificationIcon = ({ templateId }: Pick<Notification, 'templateId'>): Icon =>
  icons.find(([name]) => name.test(templateId ?? ''))?.[1] ?? Bell;

/** The page of what a notification is about. */
export const notificationHref = (n: Pick<Notification, 'referenceType' | 'referenceId'>): string | null =>
  recordAddress(n.referenceType, n.referenceId);

export interface DayGroup {
  day: string;
  items: Notification[];
}
/** Newest first, under the day they came. */
export function byDay(items: readonly Notification[], dayOf: (at: string) => string): DayGroup[] {
  const groups: DayGroup[] = [];
  for (const item of items) {
    const day = dayOf(item.createdAt);
    const last = groups.at(-1);
    if (last?.day === day) last.items.push(item);
    else groups.push({ day, items: [item] });
  }
  return groups;
}

/** A message without the address of the file that it brings, and that address (CRM-115). */
export function withFile(body: string): { text: string; file: string | null } {
  const found = / ?The file: (\/api\/files\/[\w-]+\/content)$/.exec(body);
  return found ? { text: body.slice(0, found.index), file: found[1]! } : { text: body, file: null };
}
