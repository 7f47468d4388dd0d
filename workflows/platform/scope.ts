import type { Payload } from '@temporalio/common';
import type { Clock } from '../../domain/platform/clock.ts';

/** What this execution knows of its tenant. The sandbox evaluates modules once for each execution, so it is its own. */
export const scope: { tenantId: string; clock: Clock | null; trace: Payload | undefined } = {
  tenantId: '',
  clock: null,
  /** The trace of the news that woke it last. */
  trace: undefined,
};
