import {
  CheckConstraintViolationException,
  ForeignKeyConstraintViolationException,
  OptimisticLockError,
  UniqueConstraintViolationException,
} from '@mikro-orm/core';
import { isOutdated } from '../../db/platform/pool/prepared.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { log } from './log.ts';

const codeOf = (e: unknown): string | undefined => {
  const code = (e as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : undefined;
};

/** Serialization failure, deadlock, or a plan from before a migration: another try may pass. */
export const isTransient = (e: unknown): boolean => ['40001', '40P01'].includes(codeOf(e) ?? '') || isOutdated(e);

/** A value that its column or operator cannot take (SQLSTATE class 22). */
export const isOutOfRange = (e: unknown): boolean => codeOf(e)?.startsWith('22') ?? false;

/** What the database refused, in the words of PLT-046; anything else stays what it is. */
export function asRefusal(e: unknown): unknown {
  if (e instanceof UniqueConstraintViolationException)
    return new Refusal('conflict', 'A record with this information already exists');
  if (e instanceof ForeignKeyConstraintViolationException)
    return new Refusal('invalid', 'Validation failed', { reasons: ['A record that is referred to does not exist'] });
  if (e instanceof CheckConstraintViolationException)
    return new Refusal('invalid', 'Validation failed', { reasons: ['A value is not allowed'] });
  if (e instanceof OptimisticLockError)
    return new Refusal('conflict', 'The record was changed by someone else', { reason: 'stale-version' });
  if (isOutOfRange(e)) {
    log.warn({ err: e }, 'a value that the shapes let through');
    return new Refusal('invalid', 'Validation failed', { reasons: ['A value is out of range'] });
  }
  return e;
}
