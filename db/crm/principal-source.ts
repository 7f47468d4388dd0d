import type { RecordSource } from '../platform/record.query.ts';
import { people } from '../platform/record-people.ts';
import { sql } from '../platform/sql.ts';

const principalName = sql`(select a.account_name from account a where a.id = t.principal_account_id)`;
const distributorName = sql`(select a.account_name from account a where a.id = t.distributor_account_id)`;

/** The names of the two parties. */
export const principalDistributorSource: RecordSource = {
  shown: {
    pairName: sql`${principalName} || ' – ' || ${distributorName}`, principalName, distributorName,
    ...people,
  },
  fields: {
    principalName: { sql: principalName, kind: 'text' }, distributorName: { sql: distributorName, kind: 'text' },
  },
};
