import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from '../../db/platform/config.ts';
import { asksCodec } from './identity/own-origin.ts';

/** Security headers for every answer of the API, and CORS for the origins of CORS_ORIGINS (PLT-050). */
export const secured = (config: Pick<Config, 'CORS_ORIGINS' | 'TEMPORAL_UI_URL'>): RequestHandler[] => [
  helmet({
    // The API answers data only: a browser that shows it as a page may load and run nothing.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  }),
  crossOrigin(config),
];

const methods = 'GET, POST, PUT, PATCH, DELETE';
const requestHeaders =
  'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, traceparent, X-Request-Id';
const answerHeaders = 'ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id';

/**
 * Foreign pages call with a token; the cookie is for our own pages, so credentials are not allowed. But one: the
 * Temporal UI asks the codec, and nothing else, as the person who is signed in here.
 */
function crossOrigin(config: Pick<Config, 'CORS_ORIGINS' | 'TEMPORAL_UI_URL'>): RequestHandler {
  const allowed = new Set(config.CORS_ORIGINS.map(o => o.replace(/\/$/, '')));
  return (req, res, next) => {
    res.vary('Origin');
    const origin = req.get('Origin');
    const isTemporalUi = asksCodec(req, config);
    const known = isTemporalUi || (origin !== undefined && allowed.has(origin));
    if (isTemporalUi) res.set('Access-Control-Allow-Credentials', 'true');
    if (known) res.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': answerHeaders });
    if (req.method !== 'OPTIONS') return next();
    if (known) {
      res.set({
        'Access-Control-Allow-Methods': methods,
        'Access-Control-Allow-Headers': isTemporalUi ? `${requestHeaders}, X-Namespace` : requestHeaders,
        'Access-Control-Max-Age': '600',
      });
    }
    res.status(204).end();
  };
}
