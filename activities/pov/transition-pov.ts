import { Id } from '../../domain/platform/id.ts';
import { MovePov } from '../../domain/pov/pov-lifecycle.contract.ts';
import { Pov as PovShape } from '../../domain/pov/pov.ts';
import { lockVersion } from '../platform/lock-version.ts';
import { verb } from '../platform/verb.ts';
import { answerPov } from './answer-pov.ts';
import { claimPov } from './claim-pov.ts';
import { moveStatus } from './move-status.ts';

/** Moves a POV to another status (POV-042). */
export const transitionPov = verb(
  { name: 'transition-pov', needs: 'pov:transition', input: MovePov.extend({ povId: Id }), output: PovShape },
  async (ctx, { povId, to, reason }) => {
    const claimed = await claimPov(ctx, povId, 'transition');
    lockVersion(ctx, claimed.pov);
    await moveStatus(ctx, claimed, to, reason || null);
    return answerPov(ctx, claimed.pov);
  });
