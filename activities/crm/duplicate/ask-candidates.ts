import type { CandidateSearch } from '../../../db/crm/duplicate/candidates.query.ts';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { compileSql } from '../../../db/platform/sql.ts';
import type { Candidate } from '../../../domain/crm/duplicate/match.ts';
import type { VerbContext } from '../../platform/verb.ts';

/** Who may be the same, as the transaction of a verb sees it. */
export async function askCandidates<Row>({ em }: VerbContext, search: CandidateSearch<Row>): Promise<Candidate[]> {
  const { sql, parameters } = compileSql(search.rows);
  return search.of(await transactionOf(em).send<Row>(sql, parameters));
}
