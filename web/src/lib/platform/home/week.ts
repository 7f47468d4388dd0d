import { fromDate, getDayOfWeek, toCalendarDate, type CalendarDate } from '@internationalized/date';
import type { FutureEntry, ProcessSummary } from '#domain/platform/process.ts';
import { aboutOf } from '../process/process-words.ts';
import { recordAddress } from '#domain/platform/notification/record-address.ts';

export interface Coming extends FutureEntry {
  id: string;
  about: string;
  href: string;
  short: string;
}
export interface WeekDay {
  key: string;
  date: CalendarDate;
  weekend: boolean;
  today: boolean;
  entries: Coming[];
}

/** What the processes will do in seven days from `from` on, by the day of the tenant's time zone. */
export function weekOf(
  processes: readonly ProcessSummary[],
  { from, now, zone }: { from: number; now: number; zone: string },
): WeekDay[] {
  const first = toCalendarDate(fromDate(new Date(from), zone));
  const today = toCalendarDate(fromDate(new Date(now), zone)).toString();
  const coming = processes
    .flatMap(p =>
      p.future.map((f, i): Coming => ({
        ...f,
        id: `${p.workflowId}-${i}`,
        about: aboutOf(p),
        short: shortly(f.what),
        href: recordAddress(p.entity.type, p.entity.id) ?? `/processes/${encodeURIComponent(p.workflowId)}`,
      })),
    )
    .filter(c => Date.parse(c.at) > now)
    .sort((a, b) => a.at.localeCompare(b.at));
  return Array.from({ length: 7 }, (_, i) => {
    const date = first.add({ days: i });
    const key = date.toString();
    return {
      key,
      date,
      weekend: getDayOfWeek(date, 'en-GB') >= 5,
      today: key === today,
      entries: coming.filter(c => toCalendarDate(fromDate(new Date(c.at), zone)).toString() === key),
    };
  });
}

/** The first clause without asides: a cell of a week is narrow. */
const shortly = (what: string): string => what.split('; ')[0]!.replace(/ \([^)]*\)| since .*$/g, '');
