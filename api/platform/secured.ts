import type { RequestHandler } from 'express';
import helmet from 'helmet';
import type { Config } from '../../db/platform/config.ts';

/** Security headers for every answer of the API, and CORS for the origins of CORS_ORIGINS (PLT-050). */
export const secured = (config: Pick<Config, 'CORS_ORIGINS'>): RequestHandler[] => [
  helmet({
    // The API answers data only: a browser that shows it as a page may load and run nothing.
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
    },
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'no-referrer' },
  }),
  crossOrigin(config.CORS_ORIGINS),
];

const methods = 'GET, POST, PUT, PATCH, DELETE';
const requestHeaders =
  'Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Last-Event-ID, X-Request-Id';
const answerHeaders = 'ETag, Location, RateLimit, RateLimit-Policy, Retry-After, X-Request-Id';

/** Foreign pages call with a token; the cookie is for our own pages, so credentials are never allowed. */
function crossOrigin(origins: readonly string[]): RequestHandler {
  const allowed = new Set(origins.map(o => o.replace(/\/$/, '')));
  return (req, res, next) => {
    res.vary('Origin');
    const origin = req.get('Origin');
    const known = origin !== undefined && allowed.has(origin);
    if (known) res.set({ 'Access-Control-Allow-Origin': origin, 'Access-Control-Expose-Headers': answerHeaders });
    if (req.method !== 'OPTIONS') return next();
    if (known) {
      res.set({
        'Access-Control-Allow-Methods': methods,
        'Access-Control-Allow-Headers': requestHeaders,
        'Access-Control-Max-Age': '600',
      });
    }
    res.status(204).end();
  };
}
