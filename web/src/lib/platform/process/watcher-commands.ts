import { fromDate, parseDate, toCalendarDate } from '@internationalized/date';
import CirclePause from '@lucide/svelte/icons/circle-pause';
import CirclePlay from '@lucide/svelte/icons/circle-play';
import type { WatcherUpdate } from '#domain/platform/operations/process-hold.ts';
import type { CommandForm, CommandForms } from './command-form.ts';

/** What every process that waits takes, whatever its area. */
const watcherCommands: Record<WatcherUpdate, CommandForm> = {
  hold: {
    label: 'Put it on hold',
    icon: CirclePause,
    send: 'Put it on hold',
    done: 'Nothing falls due until it goes on.',
    fields: [
      { name: 'reason', label: 'Reason', required: () => true, hint: 'Everybody who sees the process reads it' },
      { name: 'until', label: 'Until', day: true, hint: 'It goes on as that day begins; empty: when it is resumed' },
    ],
    body: ({ reason, until }, zone) => ({ reason, ...(until ? { until: startOfDay(until, zone) } : {}) }),
  },
  resume: { label: 'Let it go on', icon: CirclePlay, send: 'Let it go on', fields: [] },
};

/** The form of a command: of the area, or of all. */
export const commandForm = (forms: CommandForms, type: string, name: string): CommandForm | undefined =>
  forms[type]?.[name] ?? (Object.hasOwn(watcherCommands, name) ? watcherCommands[name as WatcherUpdate] : undefined);

const startOfDay = (day: string, zone: string): string => parseDate(day).toDate(zone).toISOString();

/** The first day on which something put off to it is still to come. */
export const tomorrow = (now: number, zone: string): string =>
  toCalendarDate(fromDate(new Date(now), zone)).add({ days: 1 }).toString();
