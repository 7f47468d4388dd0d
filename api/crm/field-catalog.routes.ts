import { customFieldsInUse } from '../../db/platform/custom-field/custom-fields.query.ts';
import type { Reader } from '../../db/platform/reader.ts';
import { fieldValues } from '../../db/crm/field-values.query.ts';
import { accountCatalog } from '../../domain/crm/account-catalog.ts';
import { accounts } from '../../domain/crm/account.ts';
import { contactCatalog } from '../../domain/crm/contact-catalog.ts';
import { contacts } from '../../domain/crm/contact.ts';
import { customCatalog } from '../../domain/crm/custom/custom-catalog.ts';
import { fieldCatalogEndpoints, type CatalogField } from '../../domain/crm/field-catalog.ts';
import { customRecords, type CustomRecord } from '../../domain/platform/custom-field/custom-field.ts';
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

const moduleOf: Record<CustomRecord, string> = {
  account: 'accounts', contact: 'contacts', opportunity: 'opportunities', product: 'products',
};

/** The fields that administrators gave to records of every type. */
async function custom(read: Reader): Promise<CatalogField[]> {
  const fields = await customFieldsInUse(read);
  return customRecords.flatMap(type => customCatalog(type, fields.filter(f => f.recordType === type)));
}
const ofModule = (fields: CatalogField[], module: string | undefined): CatalogField[] =>
  fields.filter(f => module === undefined || f.module === module);

export const fieldCatalogRoutes = serve(fieldCatalogEndpoints, {
  list: async ({ query, read }) => ({ items: ofModule([...catalog, ...(await custom(read))], query.module) }),
  custom: async ({ read }) => ({ items: await custom(read) }),
  ofType: async ({ params: { recordType }, read }) => ({
    items: ofModule([...catalog, ...(await custom(read))], moduleOf[recordType]),
  }),
  values: async ({ params: { module, field }, read, actor }) => {
    const record = records.get(module);
    const kind = record && Object.hasOwn(record.fields, field) ? record.fields[field] : undefined;
    if (!record || (kind !== 'text' && kind !== 'words')) throw notFound();
    return { values: await fieldValues(read, record, actor, field) };
  },
});
