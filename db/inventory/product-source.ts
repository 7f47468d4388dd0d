import { peopleNamed } from '../platform/custom-field/custom-fields.query.ts';
import type { RecordSource } from '../platform/record.query.ts';
import { sql } from '../platform/sql.ts';

const vendorName = sql`(select a.account_name from account a where a.id = t.vendor_account_id)`;

/** Whose it is, who sells it, and what it is a variant of. */
export const productSource: RecordSource = {
  shown: {
    customFieldPeople: peopleNamed('product'),
    vendorName,
    distributorName: sql`(select a.account_name from account a where a.id = t.distributor_account_id)`,
    parentProductName: sql`(select o.name from product o where o.id = t.parent_product_id)`,
  },
  fields: { vendorName: { sql: vendorName, kind: 'text', nullable: true } },
};
