import type { Request, Response } from 'express';
import type { Pool } from 'pg';
import {
  RateLimiterMemory,
  RateLimiterPostgres,
  RateLimiterRes,
  type RateLimiterAbstract,
} from 'rate-limiter-flexible';
import type { Config } from '../../db/platform/config.ts';
import { orm } from '../../db/platform/orm.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { secondFactorEndpoints } from '../../domain/platform/identity/second-factor.contract.ts';
import { passwordEndpoints } from '../../domain/platform/identity/password.contract.ts';
import { sessionEndpoints } from '../../domain/platform/identity/session.contract.ts';
import { refusedByLimit } from './metrics.ts';
import { addressOf } from './own-pages.ts';
import type { ApiServices } from './services.ts';
import { SettledBucket, type Taken } from './settled-bucket.ts';

const windowSeconds = 60;

/**
 * Limits by user or key, by address where nobody is signed in (PLT-049). Every request counts in this process's memory;
 * what writes is settled with PostgreSQL each second, so that more processes do not mean a higher limit. Sign-in has
 * its own limit, counted in PostgreSQL at each attempt.
 */
export async function rateLimit(
  config: Pick<Config, 'RATE_LIMIT_PER_MINUTE' | 'SIGNIN_LIMIT_PER_MINUTE'>,
): Promise<ApiServices['limit']> {
  const pool = (await orm().em.getConnection().getNativeClient()) as Pool;
  const all = new RateLimiterMemory({
    keyPrefix: 'all',
    points: config.RATE_LIMIT_PER_MINUTE,
    duration: windowSeconds,
  });
  const writes = new SettledBucket({
    keyPrefix: 'write',
    points: config.RATE_LIMIT_PER_MINUTE,
    windowSeconds,
    query: (text, values) => pool.query(text, values),
  });
  const signIns = exact(pool, 'signin', config.SIGNIN_LIMIT_PER_MINUTE);
  return async (req, res, actor) => {
    const byAddress = `ip:${network(addressOf(req))}`;
    const key = actor?.limitKey ?? actor?.key ?? byAddress;
    await take(all, key, res);
    if (isSignIn(req)) await take(signIns, byAddress, res);
    else if (req.method !== 'GET' && req.method !== 'HEAD') decide(res, writes, writes.take(key));
  };
}

/** A bucket in PostgreSQL, asked each time. */
const exact = (pool: Pool, keyPrefix: string, points: number): RateLimiterPostgres =>
  new RateLimiterPostgres({
    storeClient: { query: ({ text, values }: { text: string; values: unknown[] }) => pool.query(text, values) },
    storeType: 'pool',
    tableName: 'rate_limit_bucket',
    tableCreated: true,
    keyPrefix,
    points,
    duration: windowSeconds,
    // Whoever is over the limit is refused from memory: a flood costs no more writes.
    inMemoryBlockOnConsumed: points + 1,
    insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration: windowSeconds }),
  });

async function take(bucket: RateLimiterAbstract, key: string, res: Response): Promise<void> {
  decide(res, bucket, await consumed(bucket, key));
}

async function consumed(bucket: RateLimiterAbstract, key: string): Promise<Taken> {
  try {
    return { allowed: true, ...figures(await bucket.consume(key)) };
  } catch (e) {
    if (!(e instanceof RateLimiterRes)) throw e;
    return { allowed: false, ...figures(e) };
  }
}

const figures = ({ remainingPoints, msBeforeNext }: RateLimiterRes) => ({ remainingPoints, msBeforeNext });

/** RateLimit and RateLimit-Policy as in the draft of the IETF: what is left, and for how long. */
function decide(res: Response, { keyPrefix, points }: { keyPrefix: string; points: number }, taken: Taken): void {
  const name = JSON.stringify(keyPrefix);
  res.set('RateLimit-Policy', `${name};q=${points};w=${windowSeconds}`);
  res.set('RateLimit', `${name};r=${taken.remainingPoints};t=${Math.ceil(taken.msBeforeNext / 1000)}`);
  if (taken.allowed) return;
  refusedByLimit.inc({ bucket: keyPrefix });
  throw new Refusal('limit', 'Too many requests', { retryAfterSeconds: taken.msBeforeNext / 1000 });
}

const signInPaths: ReadonlySet<string> = new Set(
  [
    ...[sessionEndpoints.signIn, secondFactorEndpoints.finishSignIn, secondFactorEndpoints.enrolAtSignIn],
    // Whoever has somebody's session must not find out by trying what would end their second factor.
    secondFactorEndpoints.remove,
    ...[passwordEndpoints.change, passwordEndpoints.requestReset, passwordEndpoints.reset],
  ].map(e => e.path),
);
/** Each asks a provider outside, and can make a session. */
const byProvider = /^\/api\/auth\/oidc\//;
const isSignIn = ({ method, path }: Request): boolean =>
  byProvider.test(path.toLowerCase()) ||
  (method === 'POST' && signInPaths.has(path.replace(/\/+$/, '').toLowerCase()));

/** Who has one IPv6 address has 2⁶⁴ of them: count by network. */
function network(ip: string): string {
  if (!ip.includes(':') || ip.startsWith('::ffff:')) return ip.replace('::ffff:', '');
  const [head = '', tail] = ip.split('::');
  const groups = tail === undefined ? head.split(':') : [...head.split(':').filter(Boolean), '0', '0', '0', '0'];
  return `${groups.slice(0, 4).join(':')}::/64`;
}
