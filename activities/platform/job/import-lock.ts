import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import type { VerbContext } from '../verb.ts';

const lock = async ({ em, tenantId }: VerbContext, record: string, shared = ''): Promise<void> => {
  await transactionOf(em).send(
    `select pg_advisory_xact_lock${shared}(hashtextextended($1, 0))`, [`import ${tenantId} ${record}`],
  );
};

/** Two imports of one file must not both find that a record is not there yet. */
export const importingAlone = (ctx: VerbContext, record: string): Promise<void> => lock(ctx, record);

/**
 * Nor must who adds a record and an import: this waits until the rows that are worked on have committed. One lock for
 * all rows, since a lock for each address and number of hundreds of rows would be more than the database has.
 */
export const notWhileImported = (ctx: VerbContext, record: string): Promise<void> => lock(ctx, record, '_shared');
