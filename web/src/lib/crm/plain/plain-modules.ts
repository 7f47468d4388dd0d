import type { ListModule, Row } from '../crm-module.ts';
import type { Option } from '#lib/ui/form/field.ts';
import type { AnyRecord } from '#domain/platform/record.ts';
import type { TablePage } from '#domain/platform/table/table-preference.ts';
import type { CatalogField } from '#domain/crm/field-catalog.ts';
import { warehouseCatalog, warehouses } from '#domain/inventory/warehouse.ts';
import Warehouse from '@lucide/svelte/icons/warehouse';

/** Records whose pages are the generic ones: list, form, page with its facts, history. */
const modules: readonly ListModule[] = [
  plain('warehouses', warehouses, warehouseCatalog, {
    icon: Warehouse, follows: ['inventory.warehouse.'],
    about: 'A warehouse is a place where stock is kept: a store, a depot, a distribution centre.',
  }),
];

type Described =
  & Pick<ListModule, 'icon' | 'about' | 'follows'>
  & Partial<Pick<ListModule, 'chips' | 'unless' | 'views'>>;
/** What follows from the declaration of a record: its nouns, its address, its title. */
function plain(
  plural: TablePage, record: AnyRecord, catalog: readonly CatalogField[], described: Described,
): ListModule {
  const words = plural.replaceAll('-', ' ');
  return {
    record, catalog, noun: record.name.replaceAll('-', ' '),
    plural: words, heading: words.replace(/^./, c => c.toUpperCase()),
    href: `/${plural}`, pageType: plural, title: record.title, ...described,
  };
}

const byAddress = new Map(modules.map(module => [module.href.slice(1), module]));

export const isPlain = (address: string): boolean => byAddress.has(address);

export function plainModule(address: string): ListModule {
  const module = byAddress.get(address);
  if (!module) throw new Error(`There are no plain pages at /${address}`);
  return module;
}

/** What an id of a row stands for: `managerName` beside `managerId`. */
export function wordsOf(row: Row): Record<string, { text: string | null }> {
  const ids = Object.keys(row).filter(field => `${shownName(field)}` in row);
  return Object.fromEntries(ids.map(field => [field, { text: (row[shownName(field)] as string | null) ?? null }]));
}
const shownName = (field: string): string => (field.endsWith('By') ? `${field}Name` : field.replace(/Id$/, 'Name'));

/** The same as options that a form begins with. */
export const knownOf = (row: Row, fields: readonly CatalogField[]): Record<string, Option[]> =>
  Object.fromEntries(
    fields.flatMap(({ field }) => {
      const [value, label] = [row[field ?? ''], field ? row[shownName(field)] : null];
      return field && shownName(field) !== field && value && label
        ? [[field, [{ value: String(value), label: String(label) }]]]
        : [];
    }),
  );
