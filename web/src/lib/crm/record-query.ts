import type { WrittenFilter } from '#domain/platform/table/filter-tree.ts';
import type { ListQuery } from '#domain/platform/list.ts';
import type { FilterChoice } from '#lib/platform/table/filter-draft.ts';
import { paramList, type Address } from '#lib/platform/url-state.ts';
import { fieldsOf, type CrmModule, type Row } from './crm-module.ts';
import { withoutGone } from './custom/gone-fields.ts';

/** What the address of a list may say: search, conditions, order and page. */
export const pageSize = 50;
const filtered = ['choice', 'choices', 'boolean', 'type', 'user', 'stage'] as const;

export interface FilterField {
  /** The name of its parameter, and of the field that is compared. */
  name: string;
  label: string;
  /** `values`: what the field holds is offered. */
  kind: (typeof filtered)[number] | 'values';
  options: readonly string[] | null;
  /** What is taken while the address says nothing of it. */
  unless?: readonly string[];
}

/** The fields of a module that have a chip above the list. */
export function filterFields(module: CrmModule): FilterField[] {
  const known = new Map<string, FilterField>();
  for (const { field, label, kind, options, filter } of fieldsOf(module, 'detail')) {
    const chip = field && module.chips?.includes(field) ? 'values' : filter && filtered.find(k => k === kind);
    if (field && chip && !known.has(field)) 
      known.set(field, { name: field, label, kind: chip, options, unless: module.unless?.[field] ?? [] });
  }
  return [...known.values()];
}

/** Nobody types an id, or a key. */
const ids: readonly string[] = ['account', 'principal', 'distributor', 'opportunity', 'product', 'category'];

/** The fields that conditions of the builder can be about. */
export function builderFields(module: CrmModule): (FilterChoice & { of: FilterField['kind'] | null })[] {
  const labels = new Set<string>();
  return [...fieldsOf(module, 'detail'), ...fieldsOf(module, 'list')].flatMap(f => {
    const may = f.field && (f.filter || module.chips?.includes(f.field)) && !ids.includes(f.kind ?? '');
    if (!may || labels.has(f.label)) return [];
    labels.add(f.label);
    const of = filtered.find(k => k === f.kind) ?? null;
    const plain = {
      number: 'number', percent: 'number', cents: 'amount', instant: 'day', day: 'day', words: 'words',
    } as const;
    const kind = of ? 'choice' : (plain[f.kind as keyof typeof plain] ?? 'text');
    return [{ name: f.field!, label: f.label, kind, of }];
  });
}

/** Parameters of an address that are conditions: what is kept of a list, and saved with a view. */
export const conditionNames = (module: CrmModule): string[] => [
  ...filterFields(module).map(({ name }) => name), 'where',
];

/** A value beside others in a parameter: commas part them. */
export const escaped = (value: string): string => value.replaceAll('%', '%25').replaceAll(',', '%2C');
const unescaped = (value: string): string => value.replaceAll('%2C', ',').replaceAll('%25', '%');
export function chipValues(url: Address, { name, kind, unless = [] }: FilterField): string[] {
  const values = paramList(url, name);
  if (!values.length) return [...unless];
  return kind === 'values' ? values.map(unescaped) : values;
}

type Asked = Pick<ListQuery, 'q' | 'sort' | 'filter'> & { page: number; pageSize: number; where?: string };
export function listQueryOf(module: CrmModule, url: Address): Asked {
  const chips = filterFields(module)
    .map(chip => ({ ...chip, values: chipValues(url, chip) }))
    .filter(c => c.values.length);
  const filter = chips.filter(c => c.kind !== 'values').map(c => [c.name, { in: c.values.join(',') }] as const);
  // Texts may hold commas: the tree keeps them apart.
  const inTexts = chips.filter(c => c.kind === 'values')
    .map((c): WrittenFilter => ({ field: c.name, op: 'in', value: c.values }));
  const { sort, where } = withoutGone(module, url);
  const tree = inTexts.length ? joined(inTexts, where) : where;
  return {
    q: url.searchParams.get('q')?.trim() || undefined,
    sort: sort ?? undefined,
    page: Math.max(1, Math.trunc(Number(url.searchParams.get('page'))) || 1),
    pageSize,
    ...(filter.length ? { filter: Object.fromEntries(filter) } : {}),
    ...(tree ? { where: tree } : {}),
  };
}

/** As text, so that what cannot be read is refused by the server in words. */
const joined = (conditions: WrittenFilter[], where: string | null): string =>
  `{"all":[${[...conditions.map(c => JSON.stringify(c)), ...(where ? [where] : [])].join(',')}]}`;

export const isFiltered = (module: CrmModule, url: Address): boolean =>
  Boolean(url.searchParams.get('q')) || conditionNames(module).some(name => url.searchParams.get(name));

/** The answer of a list, whose rows the contract of any record leaves open. */
export interface RowList {
  items: Row[];
  total?: number;
  totalCapped?: boolean;
  page?: number;
  pageSize: number;
}
