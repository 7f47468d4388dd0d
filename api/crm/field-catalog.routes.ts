import { fieldValues } from '../../db/crm/field-values.query.ts';
import { accountCatalog } from '../../domain/crm/account-catalog.ts';
import { accounts } from '../../domain/crm/account.ts';
import { contactCatalog } from '../../domain/crm/contact-catalog.ts';
import { contacts } from '../../domain/crm/contact.ts';
import { fieldCatalogEndpoints } from '../../domain/crm/field-catalog.ts';
import { opportunityCatalog } from '../../domain/crm/opportunity-catalog.ts';
import { opportunities } from '../../domain/crm/opportunity.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import type { AnyRecord } from '../../domain/platform/record.ts';
import { serve } from '../platform/serve.ts';

const catalog = [...accountCatalog, ...contactCatalog, ...opportunityCatalog];
const records = new Map<string, AnyRecord>([
  ['accounts', accounts], ['contacts', contacts], ['opportunities', opportunities],
]);

export const fieldCatalogRoutes = serve(fieldCatalogEndpoints, {
  list: async ({ query }) => ({ items: catalog.filter(f => query.module === undefined || f.module === query.module) }),
  values: async ({ query, read, actor }) => {
    const record = records.get(query.module);
    if (!record) throw wrong('module', `one of ${[...records.keys()].join(', ')}`);
    const offered = Object.keys(record.fields).filter(name => ['text', 'words'].includes(record.fields[name] ?? ''));
    if (!offered.includes(query.field)) throw wrong('field', `one of ${offered.join(', ')}`);
    return { values: await fieldValues(read, record, actor, query.field) };
  },
});

const wrong = (name: string, wanted: string): Refusal =>
  new Refusal('invalid', 'Validation failed', {
    fields: [{ pointer: `?${name}`, code: 'invalid', message: `must be ${wanted}` }],
  });
