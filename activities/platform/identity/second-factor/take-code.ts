import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { SecondFactor } from '../../../../db/platform/identity/second-factor.entity.ts';
import { invalidField } from '../../../../domain/platform/errors.ts';
import type { VerbContext } from '../../verb.ts';

/** What a code was proved to be, outside the transaction: a step of this secret, or else the hash it may have. */
export const ProvenCode = z.object({
  secretCipher: z.string().nullable(),
  step: z.int().nullable(),
  recoveryHash: z.string().nullable(),
});
export type ProvenCode = z.output<typeof ProvenCode>;

export const lockedFactor = ({ em }: Pick<VerbContext, 'em'>, userId: string): Promise<SecondFactor | null> =>
  em.findOne(SecondFactor, { userId }, { lockMode: LockMode.PESSIMISTIC_WRITE });

/** Whether the code is good now; if so, it never is again. */
export function takeCode(factor: SecondFactor, { secretCipher, step, recoveryHash }: ProvenCode): boolean {
  if (step !== null && secretCipher === factor.secretCipher) {
    if (step <= factor.lastStep) return false;
    factor.lastStep = step;
    return true;
  }
  if (recoveryHash === null || !factor.confirmedAt || !factor.recoveryHashes.includes(recoveryHash)) return false;
  factor.recoveryHashes = factor.recoveryHashes.filter(hash => hash !== recoveryHash);
  return true;
}

export const wrongCode = (): Error => invalidField('code', 'is not the code of now', 'wrong-code');
