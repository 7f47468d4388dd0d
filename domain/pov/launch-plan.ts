import type { Plan } from '../platform/process.ts';
import { iso } from '../platform/process.ts';
import { launchWaitingFor, type OpenLaunch } from './launch-sentence.ts';
import { isClosed, type PovStatus } from './pov-status.ts';

export type LaunchStep = { do: 'remindLauncher'; launchId: string };

/** All that the process of a launch depends on; instants in milliseconds. */
export interface LaunchState {
  timeZone: string;
  launch: OpenLaunch & { id: string; confirmed: boolean };
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
              what: `${pov.title} should start; if the launch isn't confirmed, ${pov.ownerName} is reminded`,
            },
          ],
    waitingFor: launchWaitingFor(launch, pov, { now, timeZone }),
  };
}
