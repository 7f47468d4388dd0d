import { sql, type Sql } from '../platform/sql.ts';
import { principalDistributorSource } from './principal-source.ts';

/** What deleted records are called whose own title would say too little: by the name of the record, for the row `t`. */
export const deletedTitles: Record<string, Sql> = {
  'principal-distributor-relationship': principalDistributorSource.shown['pairName']!,
  'opportunity-participant': sql`(select a.account_name || ' · ' || t.role from account a where a.id = t.account_id)`,
};
