import { fieldValues } from '../../db/crm/field-values.query.ts';
import { accountCatalog } from '../../domain/crm/account-catalog.ts';
import { accounts } from '../../domain/crm/account.ts';
import { contactCatalog } from '../../domain/crm/contact-catalog.ts';
import { contacts } from '../../domain/crm/contact.ts';
import { fieldCatalogEndpoints } from '../../domain/crm/field-catalog.ts';
import { opportunityCatalog } from '../../domain/crm/opportunity-catalog.ts';
import { opportunities } from '../../domain/crm/opportunity.ts';
import { groupCatalog } from '../../domain/crm/group/group-catalog.ts';
import { groups } from '../../domain/crm/group/group.ts';
import { ticketCatalog } from '../../domain/crm/ticket/ticket-catalog.ts';
import { tickets } from '../../domain/crm/ticket/ticket.ts';
import { warehouseCatalog, warehouses } from '../../domain/inventory/warehouse.ts';
import { notFound } from '../../domain/platform/errors.ts';
import type { AnyRecord } from '../../domain/platform/record.ts';
import { serve } from '../platform/serve.ts';

const catalog = [...accountCatalog, ...contactCatalog, ...opportunityCatalog, ...groupCatalog, ...ticketCatalog,
  ...warehouseCatalog];
const records = new Map<string, AnyRecord>([
  ['accounts', accounts], ['contacts', contacts], ['opportunities', opportunities],
  ['groups', groups], ['tickets', tickets], ['warehouses', warehouses],
]);

export const fieldCatalogRoutes = serve(fieldCatalogEndpoints, {
  list: async ({ query }) => ({ items: catalog.filter(f => query.module === undefined || f.module === query.module) }),
  values: async ({ params: { module, field }, read, actor }) => {
    const record = records.get(module);
    const kind = record && Object.hasOwn(record.fields, field) ? record.fields[field] : undefined;
    if (!record || (kind !== 'text' && kind !== 'words')) throw notFound();
    return { values: await fieldValues(read, record, actor, field) };
  },
});
