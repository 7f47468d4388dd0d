import type { WaitingFor } from '../process.ts';
import { sayStuck, waiting } from '../sentence.ts';

export interface Stuck {
  /** The step that is refused. */
  step: string;
  reason: string;
  /** When it was refused first; milliseconds. */
  since: number;
}

/** Why its next step is refused, and the sentence while it is; it tries again by itself. */
export function stuckAt(
  { step, reason, since }: Stuck,
  at: { now: number; timeZone: string },
): { problem: string; waitingFor: WaitingFor } {
  const problem = sayStuck(step, reason.replace(/[.\s]+$/, '')).slice(0, 1000);
  const waitingFor = waiting(
    {
      what: `Stuck: ${problem}; waiting for an administrator to put it right`,
      on: 'an administrator',
      since,
      due: null,
      until: null,
      then: 'it goes on by itself',
      person: true,
    },
    at,
  );
  return { problem, waitingFor };
}
