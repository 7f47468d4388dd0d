import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import type { VerbContext } from '../verb.ts';

const lock = async ({ em, tenantId }: VerbContext, record: string, shared = '', before = ''): Promise<void> => {
  await transactionOf(em).send(
    `select ${before} pg_advisory_xact_lock${shared}(hashtextextended($1, 0))`, [`import ${tenantId} ${record}`],
  );
};

/** Two imports of one file must not both find that a record is not there yet. */
export const importingAlone = (ctx: VerbContext, record: string): Promise<void> => lock(ctx, record);

/** What is tried and kept by nobody hides from no import what that makes. */
export const triedBeside = (ctx: VerbContext, record: string): Promise<void> => lock(ctx, record, '_shared');

/**
 * Nor must who adds a record and an import: this waits until the rows that are worked on have committed, and so long
 * that the others still find a connection. One lock for all rows, since a lock for each address and number of hundreds
 * of rows would be more than the database has.
 */
export const notWhileImported = async (ctx: VerbContext, record: string): Promise<void> => {
  try {
    await lock(ctx, record, '_shared', `set_config('lock_timeout', '2s', true),`);
  } catch (e) {
    if ((e as { code?: string }).code !== lockNotAvailable) throw e;
    throw new Refusal('limit', 'Such records are being imported; try again', importing);
  }
};
const lockNotAvailable = '55P03',
  importing = { reason: 'importing', retryAfterSeconds: 2 };
