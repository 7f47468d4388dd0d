import { Refusal } from '../../domain/platform/errors.ts';
import type { VerbContext } from './verb.ts';

/**
 * Refuses an update that was made on an older version of the row (PLT-006): 412 for a stale If-Match, 409 for a stale
 * `version` in the body, 428 where a version is required and none came. Load the row with a write lock before.
 */
export function lockVersion(
  ctx: Pick<VerbContext, 'expectedVersion'>,
  row: { version: number },
  bodyVersion?: number,
  { required = false } = {},
): void {
  const { expectedVersion } = ctx;
  if (expectedVersion !== undefined && expectedVersion !== row.version) throw stale('precondition', row.version);
  if (bodyVersion !== undefined && bodyVersion !== row.version) throw stale('conflict', row.version);
  if (required && expectedVersion === undefined && bodyVersion === undefined) {
    throw new Refusal('precondition', 'Say which version you changed: If-Match or "version"', {
      reason: 'required-version',
    });
  }
}

const stale = (code: 'precondition' | 'conflict', version: number): Refusal =>
  new Refusal(code, 'The record was changed by someone else', {
    reason: 'stale-version',
    reasons: [`It is at version ${version} now`],
  });
