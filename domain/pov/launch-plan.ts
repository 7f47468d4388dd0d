import { iso, type Plan, type WaitingFor } from '../platform/process.ts';
import { waiting } from '../platform/sentence.ts';
import { isClosed, type PovStatus } from './pov-status.ts';

export type LaunchStep = { do: 'remindLauncher'; launchId: string };

/** All that the process of a launch depends on; instants in milliseconds. */
export interface LaunchState {
  timeZone: string;
  launch: OpenLaunch & { id: string; confirmed: boolean };
  pov: { title: string; status: PovStatus; startDate: number; deleted: boolean; ownerId: string; ownerName: string };
}

/** What the process of a launch is called. */
export const launchTitle = ({ title }: { title: string }): string => `Launch of ${title}`;

/** Waits for the checklist and the confirmation; on the day the POV should start its owner is reminded once. */
export function launchPlan({ launch, pov, timeZone }: LaunchState, now: number): Plan<LaunchStep> {
  const closed = launch.confirmed ? 'CONFIRMED' : pov.deleted || isClosed(pov.status) ? 'CANCELLED' : null;
  const base = {
    ownerId: pov.ownerId,
    title: launchTitle(pov),
    future: [],
    wakeAt: null,
    waitingFor: null,
    step: null,
    needsHuman: false,
    closed,
  };
  if (closed) return { ...base, stage: closed === 'CONFIRMED' ? 'Confirmed' : 'Cancelled' };
  const stage = launch.open.length ? 'Checklist' : 'Confirmation';
  const reminder = launchReminder(launch, pov);
  const remindAt = reminder?.at ?? null;
  if (remindAt !== null && remindAt <= now)
    return { ...base, stage, step: { do: 'remindLauncher', launchId: launch.id } };
  return {
    ...base,
    stage,
    needsHuman: true,
    wakeAt: remindAt,
    future: reminder ? [{ ...reminder, at: iso(reminder.at) }] : [],
    waitingFor: launchWaitingFor(launch, pov, { now, timeZone }),
  };
}

/** What the sentence about an open launch is made of, for its own process and for that of its POV. */
export interface OpenLaunch {
  since: number;
  /** When an item last changed. */
  checkedAt: number;
  reminded: boolean;
  open: readonly string[];
  total: number;
}
interface Launched {
  title: string;
  ownerName: string;
  startDate: number;
}

/** The start as planned is the deadline of what has to be done before it, unless it was past already. */
export const startDue = ({ startDate }: Pick<Launched, 'startDate'>, since: number) => ({
  due: startDate > since ? startDate : null,
  dueName: 'its planned start on',
});

/** On the day of the start as planned, once, unless it was past when the launch was opened. */
export function launchReminder(
  { since, reminded }: Pick<OpenLaunch, 'since' | 'reminded'>,
  { title, ownerName, startDate }: Launched,
): { at: number; kind: 'timer'; what: string } | null {
  const what = `${title} should start; if the launch isn't confirmed, ${ownerName} is reminded`;
  return startDate > since && !reminded ? { at: startDate, kind: 'timer', what } : null;
}

export function launchWaitingFor(
  launch: OpenLaunch,
  pov: Launched,
  { now, timeZone }: { now: number; timeZone: string },
): WaitingFor {
  const { open, total } = launch;
  const after = open.length ? 'the launch is to be confirmed' : `${pov.title} is in progress`;
  return waiting(
    {
      what: open.length
        ? `Waiting for the launch checklist (${open.length} of ${total} items open: ${open.join(', ')})`
        : `Waiting for ${pov.ownerName} to confirm the launch (all ${total} items are done)`,
      on: open.length ? 'the launch checklist' : pov.ownerName,
      since: open.length ? launch.since : launch.checkedAt,
      ...startDue(pov, launch.since),
      person: true,
      ...(pov.startDate > now
        ? { until: pov.startDate, then: launch.reminded ? 'it starts late' : `${pov.ownerName} is reminded` }
        : { until: null, then: after }),
    },
    { now, timeZone, days: true },
  );
}
