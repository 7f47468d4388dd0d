import type { Plan } from '../platform/process.ts';
import { iso } from '../platform/process.ts';
import { sayInstant } from '../platform/sentence.ts';
import { isClosed, type PovStatus } from './pov-status.ts';

export type LaunchStep = { do: 'remindLauncher'; launchId: string };

/** All that the process of a launch depends on; instants in milliseconds. */
export interface LaunchState {
  timeZone: string;
  launch: {
    id: string;
    confirmed: boolean;
    since: number;
    checkedAt: number;
    reminded: boolean;
    open: readonly string[];
    total: number;
  };
  pov: { title: string; status: PovStatus; startDate: number; deleted: boolean; ownerId: string; ownerName: string };
}

/** Waits for the checklist and the confirmation; on the day the POV should start its owner is reminded once. */
export function launchPlan({ launch, pov, timeZone }: LaunchState, now: number): Plan<LaunchStep> {
  const closed = launch.confirmed ? 'CONFIRMED' : pov.deleted || isClosed(pov.status) ? 'CANCELLED' : null;
  const base = {
    ownerId: pov.ownerId,
    future: [],
    wakeAt: null,
    waitingFor: null,
    step: null,
    needsHuman: false,
    closed,
  };
  if (closed) return { ...base, stage: closed === 'CONFIRMED' ? 'Confirmed' : 'Cancelled' };
  const stage = launch.open.length ? 'Checklist' : 'Confirmation';
  const remindAt = pov.startDate > launch.since && !launch.reminded ? pov.startDate : null;
  if (remindAt !== null && remindAt <= now)
    return { ...base, stage, step: { do: 'remindLauncher', launchId: launch.id } };
  const what = launch.open.length
    ? sayOpenItems(launch)
    : `${pov.ownerName} to confirm the launch, all items are done since ${sayInstant(launch.checkedAt, timeZone)}`;
  const then = remindAt === null ? null : `${pov.ownerName} is reminded`;
  return {
    ...base,
    stage,
    needsHuman: true,
    wakeAt: remindAt,
    future:
      remindAt === null
        ? []
        : [
            {
              at: iso(remindAt),
              kind: 'timer',
              what: `${pov.title} should start; if the launch isn't confirmed, ${then}`,
            },
          ],
    waitingFor: {
      sentence: `Waiting for ${what}${remindAt === null ? '' : `; on ${sayInstant(remindAt, timeZone)} ${then}`}.`,
      on: launch.open.length ? 'the launch checklist' : pov.ownerName,
      since: iso(launch.open.length ? launch.since : launch.checkedAt),
      until: remindAt === null ? null : iso(remindAt),
      then,
      person: true,
    },
  };
}

/** "the launch checklist: 1 of 5 items open (Details confirmed)". */
export const sayOpenItems = ({ open, total }: { open: readonly string[]; total: number }): string =>
  open.length
    ? `the launch checklist: ${open.length} of ${total} items open (${open.join(', ')})`
    : `somebody to confirm the launch: all ${total} items of the checklist are done`;
