import type { Plan } from '../../platform/process.ts';
import type { ScanStatus } from './duplicate.contract.ts';
import type { DuplicateSubject } from './match.ts';
import { scannedAtOnce } from './scan.contract.ts';

export type DuplicateScanStep = {
  do: 'scanForDuplicates';
  scanId: string;
  /** Where it stands: a step that was done already is not done again. */
  subject: DuplicateSubject;
  done: number;
};
export interface DuplicateScanState {
  id: string;
  status: ScanStatus;
  subject: DuplicateSubject;
  done: number;
  atOnce: number;
  ownerId: string | null;
}

/** A few records at a time until all are compared. */
export function duplicateScanPlan(
  { id, status, subject, done, atOnce, ownerId }: DuplicateScanState,
): Plan<DuplicateScanStep> {
  const running = status === 'running';
  return {
    step: running ? { do: 'scanForDuplicates', scanId: id, subject, done } : null,
    stage: !running ? 'Done'
      : atOnce < scannedAtOnce ? `Comparing ${atOnce} at a time: more took too long` : 'Comparing',
    closed: running ? null : status.toUpperCase(),
    wakeAt: null, waitingFor: null, future: [], needsHuman: false, ownerId,
  };
}
