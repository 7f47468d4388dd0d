import { accountCatalog } from '../../domain/crm/account-catalog.ts';
import { contactCatalog } from '../../domain/crm/contact-catalog.ts';
import { opportunityCatalog } from '../../domain/crm/opportunity-catalog.ts';
import { fieldCatalogEndpoints } from '../../domain/crm/field-catalog.ts';
import { serve } from '../platform/serve.ts';

const catalog = [...accountCatalog, ...contactCatalog, ...opportunityCatalog];

export const fieldCatalogRoutes = serve(fieldCatalogEndpoints, {
  list: async ({ query }) => ({ items: catalog.filter(f => query.module === undefined || f.module === query.module) }),
});
