import type { ListQuery } from '#domain/platform/list.ts';
import { paramList, type Address } from '#lib/platform/url-state.ts';
import { fieldsOf, type CrmModule, type Row } from './crm-module.ts';

/** What the address of a list may say: search, conditions, order and page. */
export const pageSize = 50;
const filtered = ['choice', 'boolean', 'type', 'user'] as const;

export interface FilterField {
  /** The name of its parameter, and of the field that is compared. */
  name: string;
  label: string;
  kind: (typeof filtered)[number];
  options: readonly string[] | null;
}

/** The fields of a module that have a chip above the list. */
export function filterFields(module: CrmModule): FilterField[] {
  const known = new Map<string, FilterField>();
  for (const { field, label, kind, options, filter } of fieldsOf(module, 'detail')) {
    const chip = filtered.find(k => k === kind);
    if (filter && field && chip && !known.has(field)) known.set(field, { name: field, label, kind: chip, options });
  }
  return [...known.values()];
}

/** The values that a field is filtered by: those of the address, or what the list shows unless it says something. */
export function valuesOf(module: CrmModule, url: Address, name: string): string[] {
  const values = paramList(url, name);
  return values.length ? values : [...(module.unless?.[name] ?? [])];
}

type Asked = Pick<ListQuery, 'q' | 'sort' | 'filter'> & { page: number; pageSize: number };
export function listQueryOf(module: CrmModule, url: Address): Asked {
  const filter = Object.fromEntries(
    filterFields(module).flatMap(({ name }) => {
      const values = valuesOf(module, url, name);
      return values.length ? [[name, { in: values.join(',') }]] : [];
    }),
  );
  return {
    q: url.searchParams.get('q')?.trim() || undefined,
    sort: url.searchParams.get('sort') ?? undefined,
    page: Math.max(1, Math.trunc(Number(url.searchParams.get('page'))) || 1),
    pageSize,
    ...(Object.keys(filter).length ? { filter } : {}),
  };
}

export const isFiltered = (module: CrmModule, url: Address): boolean =>
  Boolean(url.searchParams.get('q')) || filterFields(module).some(({ name }) => url.searchParams.get(name));

/** The answer of a list, whose rows the contract of any record leaves open. */
export interface RowList {
  items: Row[];
  total?: number;
  totalCapped?: boolean;
  page?: number;
  pageSize: number;
}
