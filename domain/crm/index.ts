import { fieldCatalogEndpoints } from './field-catalog.ts';
import { accountHierarchyEndpoints } from './account-hierarchy.ts';
import { accounts } from './account.ts';
import { accountTypes } from './account-type.ts';
import { contacts } from './contact.ts';
import { bulkEndpoints } from './bulk.contract.ts';
import { crmPermissions } from './permissions.ts';

/** Register of the area. */
export const crm = {
  endpoints: { accountHierarchy: accountHierarchyEndpoints, fieldCatalog: fieldCatalogEndpoints, bulk: bulkEndpoints },
  events: [],
  records: [accountTypes, accounts, contacts],
  processes: [],
  permissions: crmPermissions,
};
