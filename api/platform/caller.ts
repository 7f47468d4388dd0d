import type { Request, Response } from 'express';
import type { Caller } from '../../activities/platform/verb.ts';
import type { AnyEndpoint } from '../../domain/platform/contract.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { requestId } from './request-id.ts';
import type { ApiServices } from './services.ts';

/** Who calls, with the request's idempotency key and expected version; nothing for endpoints open to anyone. */
export async function callerOf(
  req: Request,
  res: Response,
  e: AnyEndpoint,
  services: ApiServices,
): Promise<Caller | null> {
  if (e.needs === 'anonymous') {
    await services.limit(req, res, null);
    return null;
  }
  const actor = await services.authenticate(req);
  await services.limit(req, res, actor);
  if (!actor) throw new Refusal('unauthenticated', 'Unauthorized');
  return { actor, key: idempotencyKey(req), expectedVersion: expectedVersion(req), requestId: requestId(res) };
}

function idempotencyKey(req: Request): string | undefined {
  const key = req.get('Idempotency-Key');
  if (key === undefined || req.method === 'GET') return undefined;
  if (!/^[\x21-\x7e]{1,200}$/.test(key))
    throw new Refusal('invalid', 'The Idempotency-Key must be 1 to 200 printable characters');
  return key;
}

/** `If-Match: "7"`; `*` matches anything. */
function expectedVersion(req: Request): number | undefined {
  const tag = req.get('If-Match');
  if (tag === undefined || tag === '*') return undefined;
  const version = /^(?:W\/)?"(\d{1,9})"$/.exec(tag.trim())?.[1];
  if (version === undefined)
    throw new Refusal('precondition', 'If-Match names no version of this record', { reason: 'stale-version' });
  return Number(version);
}
