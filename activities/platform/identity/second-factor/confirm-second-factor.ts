import { z } from 'zod';
import type { SecondFactor } from '../../../../db/platform/identity/second-factor.entity.ts';
import { Refusal } from '../../../../domain/platform/errors.ts';
import { verb } from '../../verb.ts';
import { lockedFactor, ProvenCode, takeCode, wrongCode } from './take-code.ts';

/** The first code of the caller's app: from now on a sign-in asks for one (PLT-025). */
export const confirmSecondFactor = verb(
  {
    name: 'confirm-second-factor',
    needs: 'signed-in',
    input: z.object({ secret: z.object({ proven: ProvenCode, recoveryHashes: z.array(z.string()) }) }),
    output: z.object({}),
  },
  async (ctx, { secret: { proven, recoveryHashes } }) => {
    const factor = await lockedFactor(ctx, ctx.actor.userId!);
    if (!factor) throw new Refusal('conflict', 'There is no app to confirm; ask for a secret first');
    if (factor.confirmedAt) throw new Refusal('conflict', 'The second factor is confirmed already');
    if (!confirmed(factor, proven, recoveryHashes)) throw wrongCode();
    return {};
  },
);

/** Whether the code has proved that the app has the secret. */
export function confirmed(factor: SecondFactor, proven: ProvenCode, recoveryHashes: string[]): boolean {
  if (!takeCode(factor, proven)) return false;
  factor.confirmedAt = new Date();
  factor.recoveryHashes = recoveryHashes;
  return true;
}
