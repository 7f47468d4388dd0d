import type { Request, Response } from 'express';
import type { SignedIn } from '../../../activities/platform/identity/sign-in.ts';
import {
  cookieToken,
  derivedSecret,
  newSecret,
  refreshToken,
  signAccessToken,
} from '../../../activities/platform/identity/tokens.ts';
import { required, type Config } from '../../../db/platform/config.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import { sessionDays, type Tokens } from '../../../domain/platform/identity/session.ts';

const name = 'tl_session';

/** The session's cookie as the browser sent it. */
export const cookieOf = (req: Request): string | undefined =>
  /(?:^|;\s*)tl_session=([^;\s]*)/.exec(req.headers.cookie ?? '')?.[1];

const attributes = (req: Request, config: Config) =>
  ({
    httpOnly: true,
    sameSite: 'lax',
    path: '/',
    secure: config.ORIGIN?.startsWith('https:') ?? req.secure,
  }) as const;

export function setCookie(req: Request, res: Response, config: Config, { user, cookieSecret }: SignedIn): void {
  if (!cookieSecret) return;
  const value = cookieToken.write({ tenantId: user.tenantId, secret: cookieSecret });
  res.cookie(name, value, { ...attributes(req, config), maxAge: sessionDays * 86_400_000 });
}

export const clearCookie = (req: Request, res: Response, config: Config): unknown =>
  res.clearCookie(name, attributes(req, config));

/** For secrets that are shown once: a request that is repeated with its Idempotency-Key makes the same ones. */
export function seedOf(req: Request, actor: Actor, config: Config): string {
  const repeatable = req.get('Idempotency-Key');
  if (repeatable === undefined) return newSecret();
  const { SESSION_SECRET } = required(config, 'SESSION_SECRET');
  return derivedSecret(`${actor.tenantId} ${actor.key} ${repeatable}`, SESSION_SECRET);
}

/** What a program needs of a session; nothing on the way may keep it. */
export async function tokensOf(
  { user, sessionId, refreshSecret }: SignedIn,
  res: Response,
  config: Config,
): Promise<Tokens> {
  res.set('Cache-Control', 'no-store');
  const { SESSION_SECRET } = required(config, 'SESSION_SECRET');
  return {
    accessToken: await signAccessToken(
      { sub: user.id, tenantId: user.tenantId, role: user.role, sid: sessionId },
      SESSION_SECRET,
    ),
    refreshToken: refreshToken.write({ tenantId: user.tenantId, secret: refreshSecret }),
    user,
  };
}
