import { customKeyOf } from '#domain/platform/custom-field/custom-field.ts';
import { noSettings, type TableSettings } from '#domain/platform/table/table-preference.ts';
import { isPlain, type TableLayout } from '#lib/ui/table/table-layout.ts';
import type { Address } from '../url-state.ts';

/** Settings as the table wants them, and back. */
export const layoutOf = (s: TableSettings): TableLayout => ({
  order: s.columnOrder, hidden: s.hiddenColumns, widths: s.columnWidths, pinned: s.pinnedColumns, density: s.density,
});
/** A view may keep conditions alone. */
export const hasLayout = (s: TableSettings): boolean => !isPlain(layoutOf(s));
/** A layout that a view is to keep: one that was reset hides nothing of its own, and is not taken for none. */
export const saidLayout = (layout: TableLayout): TableLayout => (isPlain(layout) ? { ...layout, hidden: [] } : layout);
export const withLayout = (
  s: TableSettings, { order, hidden, widths, pinned, density }: TableLayout,
): TableSettings => ({
  ...s, columnOrder: [...order], hiddenColumns: hidden && [...hidden], columnWidths: { ...widths },
  pinnedColumns: pinned, density,
});

/** What a view keeps of an address: the search too, which a list that is left does not. */
export const ofView = (names: readonly string[]): string[] => [...names, 'q'];

type Asked = Pick<TableSettings, 'sortSettings' | 'filterSettings'>;
/** What the address of a list says of order and conditions; `names` are the parameters of its conditions. */
export function askedOf(url: Address, names: readonly string[]): Asked {
  const filter = names.flatMap(name => {
    const value = url.searchParams.get(name);
    return value ? [[name, value] as const] : [];
  });
  const sort = url.searchParams.get('sort')?.split(',').filter(Boolean) ?? [];
  return {
    filterSettings: filter.length ? Object.fromEntries(filter) : null,
    sortSettings: sort.length
      ? sort.slice(0, 5).map(s => ({ field: s.replace(/^-/, ''), descending: s.startsWith('-') }))
      : null,
  };
}

/**
 * The parameters that say it; those that are said no more are null. A condition by a field of an administrator's comes
 * along although the list does not know it any more, so that it can say so.
 */
export function paramsOf(
  { sortSettings, filterSettings }: Asked, names: readonly string[],
): Record<string, string | null> {
  const sort = sortSettings?.map(({ field, descending }) => `${descending ? '-' : ''}${field}`).join(',');
  const custom = Object.keys(filterSettings ?? {}).filter(name => customKeyOf(name) !== undefined);
  const known = [...new Set([...names, ...custom])].map(name => [name, filterSettings?.[name] ?? null] as const);
  return { ...Object.fromEntries(known), sort: sort || null };
}

/** The list of an address: the form of a new record or of a change lies over it, and is no other page. */
export const listPath = (pathname: string): string => pathname.replace(/\/(new|[^/]+\/edit)$/, '');

/** Whether an address leaves open what is asked. */
export const asksNothing = (url: Address, names: readonly string[]): boolean => {
  const { filterSettings, sortSettings } = askedOf(url, ofView(names));
  return !filterSettings && !sortSettings;
};

export const sameAsked = (a: Asked, b: Asked): boolean => canonical(a) === canonical(b);
const canonical = ({ sortSettings, filterSettings }: Asked): string =>
  JSON.stringify([sortSettings ?? [], Object.entries(filterSettings ?? {}).sort(([a], [b]) => (a < b ? -1 : 1))]);

/** Whether two arrangements show the same, for the mark on a view that was changed. */
export const sameSettings = (a: TableSettings, b: TableSettings): boolean =>
  sameAsked(a, b) && JSON.stringify(bare(a)) === JSON.stringify(bare(b));
const bare = (s: TableSettings): unknown => [
  hasLayout(s), s.columnOrder, s.hiddenColumns ?? [],
  Object.entries(s.columnWidths).sort(([a], [b]) => (a < b ? -1 : 1)), s.pinnedColumns, s.density,
];

export const settingsOf = (kept: TableSettings | null): TableSettings => {
  if (!kept) return noSettings;
  const { columnOrder, columnWidths, hiddenColumns, sortSettings, filterSettings, pinnedColumns, density } = kept;
  return { columnOrder, columnWidths, hiddenColumns, sortSettings, filterSettings, pinnedColumns, density };
};
