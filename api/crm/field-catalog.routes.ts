import { customFieldsInUse } from '../../db/platform/custom-field/custom-fields.query.ts';
import type { Reader } from '../../db/platform/reader.ts';
import { fieldValues } from '../../db/crm/field-values.query.ts';
import { customCatalog } from '../../domain/crm/custom/custom-catalog.ts';
import { fieldCatalogEndpoints, type CatalogField } from '../../domain/crm/field-catalog.ts';
import { customRecords } from '../../domain/platform/custom-field/custom-field.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { catalogued } from '../catalogued.ts';
import { serve } from '../platform/serve.ts';

const catalog = [...catalogued.values()].flatMap(c => c.catalog);

const moduleOf = (name: string): string => [...catalogued].find(([, { record }]) => record.name === name)![0];

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
    items: ofModule([...catalog, ...(await custom(read))], moduleOf(recordType)),
  }),
  values: async ({ params: { module, field }, read, actor }) => {
    const { record, named = {} } = catalogued.get(module) ?? {};
    const kind = record && Object.hasOwn(record.fields, field) ? record.fields[field] : undefined;
    if (!record || (kind !== 'text' && kind !== 'words')) throw notFound();
    const called = Object.hasOwn(named, field) ? named[field] : undefined;
    return { values: await fieldValues(read, record, actor, { field, named: called }) };
  },
});
