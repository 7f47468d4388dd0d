import type { JobRecord, Lookup } from '../platform/job/job-record.ts';

const account: Lookup = { table: 'account', columns: ['account_name'], noun: 'account', many: true };

/** How the record that a field of that kind names is found. */
const byKind: Partial<Record<string, Lookup>> = {
  user: { table: 'app_user', columns: ['email', 'username', 'full_name'], noun: 'user' },
  account, principal: account, distributor: account,
  contact: { table: 'contact', columns: ['email_address', 'full_name'], noun: 'contact', many: true },
  opportunity: {
    table: 'opportunity', columns: ['opportunity_name', 'order_id_house'], noun: 'opportunity', many: true,
  },
  product: { table: 'product', columns: ['sku', 'name'], noun: 'product' },
  stage: { table: 'opportunity_stage', holds: 'key', columns: ['name'], noun: 'stage' },
};

/** Fields that name other records, by how they are typed. */
export const lookupsOf = (words: JobRecord['words']): JobRecord['lookups'] =>
  Object.fromEntries(
    Object.entries(words).flatMap(([name, { kind }]) => (byKind[kind] ? [[name, byKind[kind]]] : [])),
  );

/** The type of an account, which an export has by its id too; which there are says the account. */
export const accountTypeLookup: Lookup = {
  table: 'account_type', holds: 'name', columns: ['name'], noun: 'account type', orText: true,
};
