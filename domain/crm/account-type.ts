import { z } from 'zod';
import { line } from '../platform/field.ts';
import { record } from '../platform/record.ts';

/** What a fresh tenant starts with (CRM-002); tenants add and rename their own. */
export const standardAccountTypes = [
  'Customer', 'Distributor', 'Vendor', 'House', 'HouseRep', 'Prospect', 'Others',
] as const;

const fields = {
  name: line(100).meta({ title: 'Name' }),
  active: z.boolean().meta({ title: 'Active', description: 'Offered for new accounts' }),
};

/** What kind of company an account is; its contacts are of that kind too (CRM-029). */
export const accountTypes = record({
  name: 'account-type',
  area: 'crm',
  tableName: 'account_type',
  path: '/api/account-types',
  title: 'name',
  shape: z.object({ name: z.string(), active: z.boolean() }),
  create: z.object({ ...fields, active: fields.active.default(true) }),
  fields: { name: 'text', active: 'boolean' },
  search: ['name'],
  defaultSort: 'name',
});
export type AccountType = z.output<typeof accountTypes.View>;
