import type { Request } from 'express';
import type { Config } from '../../../db/platform/config.ts';
import { Refusal } from '../../../domain/platform/errors.ts';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A browser sends the cookie whoever asks for it: so a change by cookie must come from a page of our own. Browsers name
 * the page's origin in `Origin`, or at least the page in `Referer`; who sends neither is no page of ours.
 */
export function assertOwnOrigin(req: Request, config: Pick<Config, 'ORIGIN'>): void {
  if (safe.has(req.method)) return;
  const origin = originOf(req.get('Origin') ?? req.get('Referer'));
  if (origin && (origin.host === req.host || origin.origin === originOf(config.ORIGIN)?.origin)) return;
  throw new Refusal('forbidden', 'The request comes from another site', { reason: 'cross-site' });
}

/** Signing in sets a cookie: a foreign page must not sign somebody in as somebody else. Programs name no origin. */
export function assertNoForeignOrigin(req: Request, config: Pick<Config, 'ORIGIN' | 'CORS_ORIGINS'>): void {
  const origin = req.get('Origin');
  if (origin === undefined || config.CORS_ORIGINS.includes(origin)) return;
  assertOwnOrigin(req, config);
}

const originOf = (url: string | undefined): URL | null => (url === undefined ? null : URL.parse(url));
