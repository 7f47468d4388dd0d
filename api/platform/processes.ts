import { advanceClock } from '../../activities/platform/clock/advance-clock.ts';
import { clockAdvance } from '../../domain/platform/sandbox.contract.ts';
import { steer, type Steered } from './steer.ts';

export const platformProcesses: Steered[] = [
  steer(clockAdvance, {
    start: async ({ run, body }) => ({ entityId: (await run(advanceClock, body)).id }),
    signals: {},
  }),
];
