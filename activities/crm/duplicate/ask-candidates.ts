import { inItsCountry, type CandidateSearch } from '../../../db/crm/duplicate/candidates.query.ts';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { compileSql, type Sql } from '../../../db/platform/sql.ts';
import type { TypedContact } from '../../../domain/crm/duplicate/duplicate.contract.ts';
import type { Candidate } from '../../../domain/crm/duplicate/match.ts';
import type { VerbContext } from '../../platform/verb.ts';

/** Who may be the same, as the transaction of a verb sees it. */
export const askCandidates = async <Row>(ctx: VerbContext, search: CandidateSearch<Row>): Promise<Candidate[]> =>
  search.of(await asked<Row>(ctx, search.rows));

/** A contact in the country of its account, which is asked for once for many. */
export const comparable = <Typed extends TypedContact>(ctx: VerbContext, typed: Typed): Promise<Typed> =>
  inItsCountry(typed, ctx.actor, rows => ctx.once(`country of ${typed.accountId}`, () => asked(ctx, rows)));

function asked<Row>({ em }: VerbContext, rows: Sql): Promise<Row[]> {
  const { sql, parameters } = compileSql(rows);
  return transactionOf(em).send<Row>(sql, parameters);
}
