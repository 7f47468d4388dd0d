import type { Plan } from '../../platform/process.ts';
import type { ScoringStatus } from './scoring.contract.ts';

export type LeadScoringStep = {
  do: 'scoreContacts';
  runId: string;
  /** Where it stands: a step that was done already is not done again. */
  done: number;
};
export interface LeadScoringState {
  id: string;
  status: ScoringStatus;
  done: number;
  ownerId: string | null;
}

/** A few contacts at a time until all are scored. */
export function leadScoringPlan({ id, status, done, ownerId }: LeadScoringState): Plan<LeadScoringStep> {
  const running = status === 'running';
  return {
    step: running ? { do: 'scoreContacts', runId: id, done } : null,
    stage: running ? 'Scoring' : 'Done',
    closed: running ? null : 'DONE',
    wakeAt: null, waitingFor: null, future: [], needsHuman: false, ownerId,
  };
}

const hourMs = 3_600_000, nightHour = 2;

/** The last time before `now` at which it was two o'clock at night where the tenant is. */
export function lastNight(now: number, timeZone: string): number {
  const hours = new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' });
  const whole = Math.floor(now / hourMs) * hourMs;
  // Where a change of the clocks leaves two o'clock out, the night is that of the day before.
  for (let back = 0; back < 48; back++) {
    const at = whole - back * hourMs;
    if (Number(hours.format(at)) === nightHour) return at;
  }
  return whole - 24 * hourMs;
}
