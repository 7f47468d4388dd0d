import { confirmSecondFactor } from '../../../activities/platform/identity/second-factor/confirm-second-factor.ts';
import { enrolSecondFactor } from '../../../activities/platform/identity/second-factor/enrol-second-factor.ts';
import {
  enrolAtSignIn,
  finishSignIn,
  newApp,
  provenCode,
} from '../../../activities/platform/identity/second-factor/finish-sign-in.ts';
import {
  removeSecondFactor,
  resetSecondFactor,
} from '../../../activities/platform/identity/second-factor/remove-second-factor.ts';
import { readTicket } from '../../../activities/platform/identity/second-factor/ticket.ts';
import { recoveryCodesOf, recoveryHashOf } from '../../../activities/platform/identity/second-factor/totp.ts';
import { required } from '../../../db/platform/config.ts';
import { secondFactorOf, type SecondFactorRow } from '../../../db/platform/identity/second-factor.query.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { secondFactorEndpoints } from '../../../domain/platform/identity/second-factor.contract.ts';
import { requestId } from '../request-id.ts';
import { serve, type HandlerArgs } from '../serve.ts';
import { originOf } from './authenticate.ts';
import { assertNoForeignOrigin } from './own-origin.ts';
import { seedOf, setCookie, tokensOf } from './session.ts';

type Account = Pick<HandlerArgs, 'actor' | 'read'>;
/** The caller in person: a key has no second factor, and must not change its user's. */
async function ownFactor({ actor, read }: Account): Promise<{ row: SecondFactorRow; userId: string }> {
  if (!actor.sessionId) throw new Refusal('conflict', 'An API key has no second factor');
  const row = await secondFactorOf(read, actor.userId!);
  if (!row) throw new Refusal('conflict', 'The user is not active');
  return { row, userId: actor.userId! };
}
const tooLate = (): Refusal => new Refusal('unauthenticated', 'Sign in again', { reason: 'ticket-expired' });

export const secondFactorRoutes = serve(secondFactorEndpoints, {
  finishSignIn: async ({ body, req, res, services: { config } }) => {
    assertNoForeignOrigin(req, config);
    const ticket = await readTicket(body.ticket, required(config, 'SESSION_SECRET').SESSION_SECRET);
    if (!ticket) throw tooLate();
    const signedIn = await finishSignIn(ticket, body.code, { ...originOf(req), requestId: requestId(res) });
    if (!signedIn) throw new Refusal('unauthenticated', 'The code is not right', { reason: 'wrong-code' });
    setCookie(req, res, config, signedIn);
    const { recoveryCodes } = signedIn;
    return { ...(await tokensOf(signedIn, res, config)), ...(recoveryCodes ? { recoveryCodes } : {}) };
  },

  enrolAtSignIn: async ({ body, req, res, services: { config } }) => {
    assertNoForeignOrigin(req, config);
    const ticket = await readTicket(body.ticket, required(config, 'SESSION_SECRET').SESSION_SECRET);
    const shown = ticket && (await enrolAtSignIn(ticket, { ...originOf(req), requestId: requestId(res) }));
    if (!shown) throw tooLate();
    res.set('Cache-Control', 'no-store');
    return shown;
  },

  read: async ({ actor, read }) => {
    const row = await secondFactorOf(read, actor.userId!);
    return {
      enabled: row?.confirmed ?? false,
      required: row?.required ?? false,
      recoveryCodesLeft: row?.recoveryCodesLeft ?? 0,
    };
  },

  enrol: async ({ actor, read, run, req, res, services: { config } }) => {
    const { row, userId } = await ownFactor({ actor, read });
    const { shown, secretCipher } = newApp(seedOf(req, actor, config), row.username, { ...actor, userId });
    await run(enrolSecondFactor, { secretCipher });
    res.set('Cache-Control', 'no-store');
    return shown;
  },

  confirm: async ({ body, actor, read, run, req, res, services: { config } }) => {
    const { row, userId } = await ownFactor({ actor, read });
    const recoveryCodes = recoveryCodesOf(seedOf(req, actor, config));
    const proven = provenCode(row, body.code, { ...actor, userId });
    await run(confirmSecondFactor, { secret: { proven, recoveryHashes: recoveryCodes.map(recoveryHashOf) } });
    res.set('Cache-Control', 'no-store');
    return { recoveryCodes };
  },

  remove: async ({ body, actor, read, run }) => {
    const { row, userId } = await ownFactor({ actor, read });
    return run(removeSecondFactor, { secret: provenCode(row, body.code, { ...actor, userId }) });
  },

  reset: ({ params, run }) => run(resetSecondFactor, params),
});
