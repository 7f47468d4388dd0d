import type { Request } from 'express';
import type { Config } from '../../../db/platform/config.ts';
import { codecPath } from '../../../domain/platform/operations/codec.contract.ts';
import { Refusal } from '../../../domain/platform/errors.ts';

type Settings = Pick<Config, 'ORIGIN' | 'TEMPORAL_UI_URL'>;
const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * A browser sends the cookie whoever asks for it: so a change by cookie must come from a page of our own. Browsers name
 * the page's origin in `Origin`, or at least the page in `Referer`; who sends neither is no page of ours.
 */
export function assertOwnOrigin(req: Request, config: Settings): void {
  if (safe.has(req.method) || asksCodec(req, config)) return;
  const origin = originOf(req.get('Origin') ?? req.get('Referer'));
  if (origin && (origin.host === req.host || origin.origin === originOf(config.ORIGIN)?.origin)) return;
  throw new Refusal('forbidden', 'The request comes from another site', { reason: 'cross-site' });
}

/** Signing in sets a cookie: a foreign page must not sign somebody in as somebody else. Programs name no origin. */
export function assertNoForeignOrigin(req: Request, config: Settings & Pick<Config, 'CORS_ORIGINS'>): void {
  const origin = req.get('Origin');
  if (origin === undefined || config.CORS_ORIGINS.includes(origin)) return;
  assertOwnOrigin(req, config);
}

/** The Temporal UI may ask for payloads with our cookie, since that changes nothing; no other page may. */
export const asksCodec = (req: Request, config: Pick<Config, 'TEMPORAL_UI_URL'>): boolean => {
  const origin = req.get('Origin');
  const isCodec = req.originalUrl.startsWith(`${codecPath}/`);
  return isCodec && origin !== undefined && origin === originOf(config.TEMPORAL_UI_URL)?.origin;
};

const originOf = (url: string | undefined): URL | null => (url === undefined ? null : URL.parse(url));
