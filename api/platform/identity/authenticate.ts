import type { Request } from 'express';
import { log } from '../../../activities/platform/log.ts';
import { systemActor, type Origin } from '../../../activities/platform/system-actor.ts';
import { apiKeyToken, cookieToken, hashOf, readAccessToken } from '../../../activities/platform/identity/tokens.ts';
import { touchApiKey } from '../../../activities/platform/identity/touch-api-key.ts';
import { touchSession } from '../../../activities/platform/identity/touch-session.ts';
import { run } from '../../../activities/platform/verb.ts';
import type { Config } from '../../../db/platform/config.ts';
import { cellsOf, type Cells } from '../../../db/platform/identity/role-cells.query.ts';
import { readerOf } from '../../../db/platform/reader.ts';
import {
  holderOfApiKey,
  holderOfCookie,
  holderOfSession,
  type Holder,
} from '../../../db/platform/identity/sessions.query.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import { narrowed, actionsWithin } from '../../../domain/platform/identity/api-key.ts';
import { abilityFor, type Ability } from '../../../domain/platform/permission.ts';
import { assertOwnOrigin } from './own-origin.ts';
import { cookieOf } from './session.ts';

type Settings = Pick<Config, 'ORIGIN' | 'TEMPORAL_UI_URL'> & { SESSION_SECRET: string };

/**
 * Who asks: by an access token, an API key or the session's cookie; null if by none that is good now. Session, user and
 * version of the rights are read in one round trip at every request, so that a change of any holds at once (PLT-039).
 */
export async function authenticate(req: Request, config: Settings): Promise<Actor | null> {
  const header = req.get('Authorization');
  if (header !== undefined) {
    const token = /^Bearer +(\S+)$/i.exec(header.trim())?.[1];
    if (token === undefined) return null;
    return token.startsWith('tlk_') ? byApiKey(token, req) : byAccessToken(token, req, config.SESSION_SECRET);
  }
  const actor = await byCookie(cookieOf(req), req);
  if (actor) assertOwnOrigin(req, config);
  return actor;
}

async function byAccessToken(token: string, req: Request, secret: string): Promise<Actor | null> {
  const claims = await readAccessToken(token, secret);
  const holder = claims && (await holderOfSession(readerOf(claims.tenantId), claims.sid, claims.sub));
  return holder ? known(holder, claims.tenantId, req) : null;
}

async function byCookie(cookie: string | undefined, req: Request): Promise<Actor | null> {
  const kept = cookie === undefined ? null : cookieToken.read(cookie);
  const holder = kept && (await holderOfCookie(readerOf(kept.tenantId), hashOf(kept.secret)));
  return holder ? known(holder, kept.tenantId, req) : null;
}

async function byApiKey(token: string, req: Request): Promise<Actor | null> {
  const kept = apiKeyToken.read(token);
  const holder = kept && (await holderOfApiKey(readerOf(kept.tenantId), hashOf(kept.secret)));
  return holder ? known(holder, kept.tenantId, req) : null;
}

function known(holder: Holder, tenantId: string, req: Request): Promise<Actor> {
  noteUse(holder, tenantId);
  return actorOf(holder, tenantId, req);
}

async function actorOf(holder: Holder, tenantId: string, req: Request): Promise<Actor> {
  const { userId, name, sessionId, keyRole } = holder;
  const read = readerOf(tenantId);
  const own = await cellsOf(read, holder.role, holder.cellsVersion),
    ofKey = keyRole === null || keyRole === holder.role ? null : await cellsOf(read, keyRole, holder.keyCellsVersion);
  const permissions = ofKey ? narrowed(own, ofKey) : own;
  // A key whose role does more than its user by now speaks for the user's own role only.
  const speaksFor = ofKey !== null && (keyRole === 'READ_ONLY' || actionsWithin(ofKey, own));
  const role = keyRole !== null && speaksFor ? keyRole : holder.role;
  return {
    kind: 'user',
    tenantId,
    userId,
    key: `user:${userId}`,
    apiKeyId: holder.apiKeyId,
    limitKey: holder.apiKeyId === null ? undefined : `key:${holder.apiKeyId}`,
    name,
    role,
    permissions,
    sessionId,
    ability: abilityOf(permissions, userId),
    ...originOf(req),
  };
}

/** Built once for each user and version of the rights: they go together. */
const abilities = new WeakMap<Cells, Map<string, Ability>>();
function abilityOf(permissions: Cells, userId: string): Ability {
  const ofUsers = abilities.get(permissions) ?? new Map<string, Ability>();
  abilities.set(permissions, ofUsers);
  const ability = ofUsers.get(userId) ?? abilityFor(permissions, userId);
  ofUsers.set(userId, ability);
  return ability;
}

/** For the audit log (PLT-021). */
export const originOf = (req: Request): Origin => ({
  ip: req.ip?.slice(0, 45) ?? null,
  userAgent: req.get('User-Agent') ?? null,
});

const minute = 60_000;
/** Not waited for: a request is not slower, nor refused, because of it. */
function noteUse({ sessionId, apiKeyId, usedAt }: Holder, tenantId: string): void {
  if (usedAt !== null && Date.parse(usedAt) > Date.now() - minute) return;
  const id = sessionId ?? apiKeyId!;
  // Requests that come together are one use: the first of them writes.
  if (noting.has(id)) return;
  noting.add(id);
  run(sessionId === null ? touchApiKey : touchSession, { id }, { actor: systemActor(tenantId) })
    .catch((err: unknown) => log.warn({ err }, 'the use of a session or an API key could not be noted'))
    .finally(() => noting.delete(id));
}
const noting = new Set<string>();
