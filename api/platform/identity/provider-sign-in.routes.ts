import type { Request, Response } from 'express';
import { beginProviderSignIn } from '../../../activities/platform/identity/provider/begin-provider-sign-in.ts';
import { finishProviderSignIn } from '../../../activities/platform/identity/provider/finish-provider-sign-in.ts';
import { problemOf, refusalOf } from '../../../activities/platform/identity/provider/openid.client.ts';
import {
  readState,
  writeState,
  type SignInState,
} from '../../../activities/platform/identity/provider/sign-in-state.ts';
import { log } from '../../../activities/platform/log.ts';
import { required, type Config } from '../../../db/platform/config.ts';
import { providerChoices } from '../../../db/platform/identity/identity-providers.query.ts';
import { readerOf } from '../../../db/platform/reader.ts';
import { tenantBySlug } from '../../../db/platform/tenants.query.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { localPath } from '../../../domain/platform/identity/local-path.ts';
import { providerSignInEndpoints, signInMinutes } from '../../../domain/platform/identity/provider-sign-in.contract.ts';
import { refusalWords, type SignInRefusal } from '../../../domain/platform/identity/sign-in-refusal.ts';
import { requestId } from '../request-id.ts';
import { serve } from '../serve.ts';
import { secondStep } from './auth.routes.ts';
import { originOf } from './authenticate.ts';
import { ownAddress } from './own-address.ts';
import { setCookie } from './session.ts';

const privateNetworks = (config: Config): boolean => config.PRIVATE_NETWORKS === 'allow';

export const providerSignInRoutes = serve(providerSignInEndpoints, {
  choices: async ({ query, services: { config } }) => {
    const home = await tenantBySlug(query.tenant || config.DEFAULT_TENANT);
    return { items: home ? await providerChoices(readerOf(home.id)) : [] };
  },

  start: async ({ params, query, req, res, services: { config } }) => {
    const tenant = query.tenant || config.DEFAULT_TENANT;
    const next = localPath(query.next ?? null) ?? '/dashboard';
    const wanted = { tenant, providerId: params.provider, next, origin: ownAddress(config) };
    const begun = await beginProviderSignIn({ ...wanted, privateNetworks: privateNetworks(config) }).catch(
      (failure: unknown) => {
        log.warn({ problem: problemOf(failure), provider: params.provider }, 'a provider could not be asked');
        return refusalOf(failure);
      },
    );
    if (begun === null && !wantsPage(req)) throw notFound();
    if (begun === null || typeof begun === 'string') return refuse(req, res, begun ?? 'provider-unknown', tenant);
    await keepState(res, begun.state, config);
    leadTo(res, begun.url);
  },

  callback: async ({ params, query, req, res, services: { config } }) => {
    const state = await takeState(req, res, query.state, config);
    if (state?.providerId !== params.provider) {
      if (!wantsPage(req) && query.state === undefined) throw notFound();
      return refuse(req, res, 'expired');
    }
    const search = req.url.slice(req.url.indexOf('?'));
    const from = { ...originOf(req), requestId: requestId(res), privateNetworks: privateNetworks(config) };
    const answer = await finishProviderSignIn(state, search, from);
    if ('refused' in answer) return refuse(req, res, answer.refused);
    if ('wants' in answer) {
      const { details } = await secondStep(answer, config);
      // Behind the #, so that the ticket is in no server's log.
      const asked = new URLSearchParams({ ticket: details.ticket!, wants: answer.wants });
      return leadTo(res, `/auth/signin?${new URLSearchParams({ next: state.next })}#${asked}`);
    }
    setCookie(req, res, config, answer);
    leadTo(res, state.next);
  },
});

const cookieName = (state: string): string => `tl_signin_${state.slice(0, 12)}`;
const attributes = (config: Config) =>
  ({
    httpOnly: true,
    sameSite: 'lax',
    path: '/api/auth/oidc',
    secure: config.ORIGIN?.startsWith('https:') ?? false,
  }) as const;

/** In the browser that began, under a name of its own: another tab begins another one. */
async function keepState(res: Response, state: SignInState, config: Config): Promise<void> {
  const { SESSION_SECRET } = required(config, 'SESSION_SECRET');
  const maxAge = signInMinutes * 60_000;
  res.cookie(cookieName(state.state), await writeState(state, SESSION_SECRET), { ...attributes(config), maxAge });
}

/** What this browser kept for the state that came back, which is forgotten; null of any other. */
async function takeState(
  req: Request,
  res: Response,
  state: string | undefined,
  config: Config,
): Promise<SignInState | null> {
  if (state === undefined || !/^[\w-]{12,100}$/.test(state)) return null;
  const name = cookieName(state);
  const kept = new RegExp(`(?:^|;\\s*)${name}=([^;\\s]*)`).exec(req.headers.cookie ?? '')?.[1];
  if (kept === undefined) return null;
  res.clearCookie(name, attributes(config));
  const { SESSION_SECRET } = required(config, 'SESSION_SECRET');
  const found = await readState(kept, SESSION_SECRET);
  return found?.state === state ? found : null;
}

const leadTo = (res: Response, url: string): void => {
  res.set('Cache-Control', 'no-store').redirect(303, url);
};

const wantsPage = (req: Request): boolean => (req.get('Accept') ?? '').includes('text/html');

/** A browser is led to a page that says why; a program reads it. */
function refuse(req: Request, res: Response, why: SignInRefusal, tenant?: string): void {
  if (!wantsPage(req)) throw new Refusal('unauthenticated', refusalWords[why].text, { reason: why });
  const said = new URLSearchParams({ why, request: requestId(res), ...(tenant ? { tenant } : {}) });
  leadTo(res, `/auth/refused?${said}`);
}
