/** A column is data: its name, its text, its place. Anything drawn otherwise is a snippet of the page. */
export interface Column<Row> {
  key: string;
  label: string;
  /** The label is for screen readers only: a column of menus. */
  hideLabel?: boolean;
  /** Text of the cell; without it (and without a snippet) the row's field of that name. */
  text?: (row: Row) => string | number | null | undefined;
  /** The field to sort by; `true` when it is the key. */
  sort?: boolean | string;
  /** Numbers stand on the right, with tabular figures. */
  number?: boolean;
  /** The row's name; links to the row. One a table. */
  strong?: boolean;
  muted?: boolean;
  width?: string;
  /** Hidden until the reader asks for it. */
  optional?: boolean;
  /** Left out below this width of the window. */
  from?: 'sm' | 'md' | 'lg' | 'xl';
}

export const sortField = <Row>(column: Column<Row>): string | null =>
  column.sort === true ? column.key : column.sort || null;

/** What a list is sorted by, by comma. */
const sortsOf = (sort: string | undefined): string[] => sort?.split(',').filter(Boolean) ?? [];

/** The next sort of a header: ascending, descending, none; `beside` what it is sorted by already. */
export function nextSort(current: string | undefined, field: string, beside = false): string | undefined {
  const all = sortsOf(current);
  const at = all.findIndex(s => s === field || s === `-${field}`);
  const next = at < 0 ? [field] : all[at] === field ? [`-${field}`] : [];
  const sorts = !beside ? next : at < 0 ? [...all, ...next] : all.toSpliced(at, 1, ...next);
  return sorts.join(',') || undefined;
}

/** How a field sorts now, and as the how-manieth of several. */
export function sortedBy(sort: string | undefined, field: string): { descending: boolean; nth: number | null } | null {
  const all = sortsOf(sort);
  const at = all.findIndex(s => s === field || s === `-${field}`);
  return at < 0 ? null : { descending: all[at]!.startsWith('-'), nth: all.length > 1 ? at + 1 : null };
}

export const shownFrom: Record<NonNullable<Column<unknown>['from']>, string> = {
  sm: 'max-sm:hidden',
  md: 'max-md:hidden',
  lg: 'max-lg:hidden',
  xl: 'max-xl:hidden',
};

export function cellText<Row>(column: Column<Row>, row: Row): string {
  const value: unknown = column.text ? column.text(row) : (row as Record<string, unknown>)[column.key];
  return value === null || value === undefined || value === '' ? '–' : String(value);
}
