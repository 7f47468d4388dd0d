import type { WaitingFor } from '../platform/process.ts';
import { waiting } from '../platform/waiting.ts';

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
