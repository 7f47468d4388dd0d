import type { Nameable } from '../db/platform/history/names.query.ts';
import { accounts } from '../domain/crm/account.ts';
import { contacts } from '../domain/crm/contact.ts';
import { opportunities } from '../domain/crm/opportunity.ts';

/** Register: what the fields of records name, as their histories say it. */
export const namedRecords: readonly Nameable[] = [
  { table: 'app_user', title: 'full_name' },
  { table: 'account_type', title: 'name' },
  { table: 'account', title: 'account_name', record: accounts },
  { table: 'contact', title: 'full_name', record: contacts },
  { table: 'opportunity', title: 'opportunity_name', record: opportunities },
  { table: 'opportunity_stage', title: 'name', keyOf: 'stage' },
  { table: 'product', title: 'name' },
  { table: 'product_category', title: 'name', keyOf: 'category' },
];
