import type { Request } from 'express';
import { keepIdentityHook, renewHookSecret } from '../../../activities/platform/identity/hook/keep-hook.ts';
import { signedMessage, whyNotSigned, writtenSecret } from '../../../activities/platform/identity/hook/signature.ts';
import { takeUserEvent } from '../../../activities/platform/identity/hook/take-user-event.ts';
import { secrets } from '../../../activities/platform/secret-box.ts';
import { systemActor } from '../../../activities/platform/system-actor.ts';
import { run as runVerb } from '../../../activities/platform/verb.ts';
import type { Config } from '../../../db/platform/config.ts';
import { identityHook, type HookRow } from '../../../db/platform/identity/identity-hook.query.ts';
import { readerOf, type Reader } from '../../../db/platform/reader.ts';
import { tenantBySlug, tenantSettings } from '../../../db/platform/tenants.query.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { identityHookEndpoints } from '../../../domain/platform/identity/identity-hook.contract.ts';
import { personOf, userEventTypes, type IdentityHook } from '../../../domain/platform/identity/identity-hook.ts';
import { rawBodyOf } from '../raw-body.ts';
import { requestId } from '../request-id.ts';
import { serve } from '../serve.ts';
import { originOf } from './authenticate.ts';
import { ownAddress } from './own-address.ts';
import { seedOf } from './session.ts';

/** The cipher text of a secret is good in its tenant alone. */
const contextOf = (tenantId: string): string => `identity-hook ${tenantId}`;

async function shown(read: Reader, config: Config): Promise<IdentityHook> {
  const [row, { slug }] = await Promise.all([identityHook(read), tenantSettings(read)]);
  return {
    active: row?.active ?? false,
    role: row?.role ?? 'SALESPERSON',
    url: `${ownAddress(config)}/api/hooks/identity/${slug}`,
    hasSecret: Boolean(row?.secretCipher),
    oldSecretUntil: row?.oldSecretUntil ?? null,
    lastEventAt: row?.lastEventAt ?? null,
  };
}

export const identityHookRoutes = serve(identityHookEndpoints, {
  read: ({ read, services: { config } }) => shown(read, config),
  replace: async ({ body, run, read, services: { config } }) => {
    await run(keepIdentityHook, body);
    return shown(read, config);
  },
  renewSecret: async ({ run, actor, req, res, services: { config } }) => {
    const secret = writtenSecret(seedOf(req, actor, config));
    await run(renewHookSecret, { secretCipher: secrets().seal(secret, contextOf(actor.tenantId)) });
    res.set('Cache-Control', 'no-store');
    return { secret };
  },

  receive: async ({ params, body, req, res }) => {
    const home = await tenantBySlug(params.tenant);
    const hook = home && (await identityHook(readerOf(home.id)));
    if (!home || !hook?.active || !hook.secretCipher) throw notFound();
    const id = assertSigned(req, hook, home.id);
    const type = userEventTypes.find(known => known === body.type);
    // Services tell of more than users: what is not about them is taken, and changes nothing.
    if (!type) return {};
    const actor = { ...systemActor(home.id, originOf(req)), key: 'system:identity-hook', name: 'identity service' };
    await runVerb(takeUserEvent, { type, person: personOf(body) }, { actor, key: id, requestId: requestId(res) });
    return {};
  },
});

/** Answers the message's id, by which it takes effect once. */
function assertSigned(req: Request, hook: HookRow, tenantId: string): string {
  const message = signedMessage(name => req.get(name), rawBodyOf(req));
  const { id } = message;
  if (!/^[\x21-\x7e]{1,200}$/.test(id)) throw notSigned('webhook-id is missing');
  const sealed = [hook.secretCipher, hook.oldSecretCipher].filter(cipher => cipher !== null);
  const keys = sealed.map(cipher => secrets().open(cipher, contextOf(tenantId)));
  const whyNot = whyNotSigned(message, keys, Date.now());
  if (whyNot) throw notSigned(whyNot);
  return id;
}

const notSigned = (why: string): Refusal => new Refusal('unauthenticated', why, { reason: 'not-signed' });
