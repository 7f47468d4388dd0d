import { peopleNamed } from '../platform/custom-field/custom-fields.query.ts';
import type { RecordSource } from '../platform/record.query.ts';
import { people } from '../platform/record-people.ts';
import { categoryName } from './product-category-source.ts';
import { sql } from '../platform/sql.ts';

const nameOf = (column: 'vendor_account_id' | 'distributor_account_id') =>
  sql`(select a.account_name from account a where a.id = ${sql.ref(`t.${column}`)})`;
const vendorName = nameOf('vendor_account_id'), distributorName = nameOf('distributor_account_id');

const hour = 3_600;
/** A product, what a list shows of other records, and what is changed without an event, such as the name of a user. */
const follows = [
  'inventory.product.', 'inventory.product-category.', 'crm.account.', 'crm.custom-field.', 'crm.tag.', 'verb:',
];

/** Whose it is, who sells it, and what it is a variant of. */
export const productSource: RecordSource = {
  kept: { seconds: hour, follows },
  shown: {
    customFieldPeople: peopleNamed('product'),
    ...people,
    categoryName,
    vendorName,
    distributorName,
    parentProductName: sql`(select o.name from product o where o.id = t.parent_product_id)`,
  },
  fields: {
    categoryName: { sql: categoryName, kind: 'text', nullable: true },
    vendorName: { sql: vendorName, kind: 'text', nullable: true },
    distributorName: { sql: distributorName, kind: 'text', nullable: true },
  },
};
