import { customName, type CustomField, type CustomRecord, type CustomType } from '../../platform/custom-field/custom-field.ts';
import type { CatalogField, CatalogKind } from '../field-catalog.ts';

/** The module of each kind of record, and the first digits of its numbers. */
const modules: Record<CustomRecord, [module: string, number: string]> = {
  account: ['accounts', '01'], contact: ['contacts', '02'], opportunity: ['opportunities', '03'],
  product: ['products', '04'],
};
export const customKinds: Record<CustomType, CatalogKind> = {
  'text': 'text', 'number': 'number', 'date': 'day', 'boolean': 'boolean', 'select': 'choice',
  'multi-select': 'choices', 'url': 'web', 'email': 'mail', 'user': 'user',
};

/** The fields that an administrator gave a kind of record, as the catalog has the others: in the form, on the page. */
export function customCatalog(record: CustomRecord, fields: readonly CustomField[]): CatalogField[] {
  const [module, number] = modules[record];
  return (['create', 'detail'] as const).flatMap((view, v) =>
    fields.map(({ key, label, type, required, options, section }, i) => ({
      number: `${number}.9${v}.${String(i + 1).padStart(3, '0')}`,
      module, view, section, label, required, field: customName(key), kind: customKinds[type],
      rule: options.length ? `one of ${options.join(', ')}` : null,
      options: options.length ? options : null, filter: true, sort: type !== 'multi-select', custom: true,
    })),
  );
}
