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
  /** Left out below this width of the window. */
  from?: 'sm' | 'md' | 'lg' | 'xl';
}

export const sortField = <Row>(column: Column<Row>): string | null =>
  column.sort === true ? column.key : column.sort || null;

/** The next sort of a header: ascending, descending, none. */
export function nextSort(current: string | undefined, field: string): string | undefined {
  if (current === field) return `-${field}`;
  return current === `-${field}` ? undefined : field;
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
