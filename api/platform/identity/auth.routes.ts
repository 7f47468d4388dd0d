import { refreshSession } from '../../../activities/platform/identity/refresh-session.ts';
import { proofOf, writeTicket } from '../../../activities/platform/identity/second-factor/ticket.ts';
import { signIn, type Asked } from '../../../activities/platform/identity/sign-in.ts';
import { signOut } from '../../../activities/platform/identity/sign-out.ts';
import { required, type Config } from '../../../db/platform/config.ts';
import { sessionOf } from '../../../db/platform/identity/sessions.query.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { sessionEndpoints } from '../../../domain/platform/identity/session.contract.ts';
import { originOf } from './authenticate.ts';
import { assertNoForeignOrigin } from './own-origin.ts';
import { requestId } from '../request-id.ts';
import { serve } from '../serve.ts';
import { clearCookie, setCookie, tokensOf } from './session.ts';

const unauthenticated = (message: string): Refusal => new Refusal('unauthenticated', message);

const steps = {
  'second-factor': 'Enter the code of your authenticator app',
  'second-factor-enrolment': 'Your role asks for an authenticator app: set one up to sign in',
};
/** Who was proven by the first step gets a ticket for the second one, and no session yet (PLT-025). */
export async function secondStep({ wants, tenantId, userId, passwordHash }: Asked, config: Config): Promise<Refusal> {
  const proof = passwordHash === null ? null : proofOf(passwordHash);
  const { SESSION_SECRET } = required(config, 'SESSION_SECRET');
  const ticket = await writeTicket({ tenantId, userId, proof }, SESSION_SECRET);
  return new Refusal('unauthenticated', steps[wants], { reason: wants, ticket });
}

export const authRoutes = serve(sessionEndpoints, {
  signIn: async ({ body, req, res, services: { config } }) => {
    assertNoForeignOrigin(req, config);
    const { username = '', password = '', tenant } = body;
    const signedIn = await signIn(
      { username, password, tenant: tenant || config.DEFAULT_TENANT, requestId: requestId(res) },
      originOf(req),
    );
    if (!signedIn) throw unauthenticated('Invalid credentials');
    if ('wants' in signedIn) throw await secondStep(signedIn, config);
    setCookie(req, res, config, signedIn);
    return tokensOf(signedIn, res, config);
  },

  refresh: async ({ body, req, res, services: { config } }) => {
    const renewed = await refreshSession(body.refreshToken ?? '', { ...originOf(req), requestId: requestId(res) });
    if (!renewed) throw unauthenticated('The refresh token is not valid');
    return tokensOf(renewed, res, config);
  },

  signOut: async ({ run, req, res, services: { config } }) => {
    await run(signOut, {});
    clearCookie(req, res, config);
    return {};
  },

  read: async ({ actor, read }) => {
    const found = await sessionOf(read, actor.userId!);
    if (!found) throw unauthenticated('Unauthorized');
    const { email, tenantName, slug, timeZone, sandbox, currency, accent, logoText } = found;
    const { offsetMs, frozenAt, position } = found;
    const user = { id: actor.userId!, name: actor.name, email, role: actor.role!, tenantId: actor.tenantId };
    return {
      ...user,
      user,
      permissions: [...actor.permissions],
      tenant: { id: actor.tenantId, name: tenantName, slug, timeZone, sandbox, currency, accent, logoText },
      clock: { offsetMs, frozenAt },
      position,
    };
  },
});
