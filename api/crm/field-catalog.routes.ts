import { accountCatalog } from '../../domain/crm/account-catalog.ts';
import { contactCatalog } from '../../domain/crm/contact-catalog.ts';
import { fieldCatalogEndpoints } from '../../domain/crm/field-catalog.ts';
import { groupCatalog } from '../../domain/crm/group/group-catalog.ts';
import { ticketCatalog } from '../../domain/crm/ticket/ticket-catalog.ts';
import { serve } from '../platform/serve.ts';

const catalog = [...accountCatalog, ...contactCatalog, ...groupCatalog, ...ticketCatalog];

export const fieldCatalogRoutes = serve(fieldCatalogEndpoints, {
  list: async ({ query }) => ({ items: catalog.filter(f => query.module === undefined || f.module === query.module) }),
});
