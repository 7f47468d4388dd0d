import type { Deletable } from '../platform/deleted/deleted-records.query.ts';
import { sql } from '../platform/sql.ts';
import { principalDistributorSource } from './principal-source.ts';
import { namesFor } from './reference/named.ts';

/** What deleted records are called whose own title would say too little: by the name of the record, for the row `t`. */
export const deletedTitles: Record<string, Deletable['title']> = {
  'principal-distributor-relationship': principalDistributorSource.shown['pairName']!,
  'opportunity-participant': actor => sql`concat_ws(' · ', ${namesFor(actor).party('accountId')}, t.role)`,
};
