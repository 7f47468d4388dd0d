import { createHash } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import { transactionOf } from '../../db/platform/pool/transaction.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { Refusal } from '../../domain/platform/errors.ts';

/**
 * Claims the key in the verb's own transaction: a twin blocks here until the first one ends, then gets its answer.
 * Refusals roll the claim back, so they are not remembered.
 */
export async function claimKey(
  em: EntityManager,
  actor: Actor,
  key: string,
  asked: { verbName: string; input: unknown },
): Promise<{ answer: unknown } | null> {
  const hash = createHash('sha256')
    .update(asked.verbName + JSON.stringify(asked.input, withoutSecrets))
    .digest('hex');
  const claimed = await transactionOf(em).send(
    `insert into idempotency (tenant_id, actor, key, hash) values ($1, $2, $3, $4)
     on conflict do nothing returning 1 as one`,
    [actor.tenantId, actor.key, key, hash],
  );
  if (claimed.length) return null;
  const [known] = await transactionOf(em).send<{ hash: string; answer: unknown }>(
    'select hash, answer from idempotency where actor = $1 and key = $2',
    [actor.key, key],
  );
  if (known?.hash !== hash) {
    throw new Refusal('invalid', 'The Idempotency-Key was used with another request', { reason: 'key-reused' });
  }
  return { answer: known.answer };
}

export const keepAnswer = (em: EntityManager, actor: Actor, key: string, answer: unknown): void =>
  transactionOf(em).behind('update idempotency set answer = $1::jsonb where actor = $2 and key = $3', [
    JSON.stringify(answer ?? null),
    actor.key,
    key,
  ]);

/** A hash of a password, without salt, must not be kept: two requests that differ in it alone count as one. */
const withoutSecrets = (key: string, value: unknown): unknown =>
  /password|secret|token/i.test(key) ? undefined : value;
