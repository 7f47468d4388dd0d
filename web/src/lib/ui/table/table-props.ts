import type { Snippet } from 'svelte';
import type { EditableCells } from './cell-look.ts';
import type { Column } from './column.ts';
import type { Density, TableControl } from './table-layout.ts';

/** What a table shows, and whom it tells what people do in it. */
export interface TableProps<Row> {
  label: string;
  columns: Column<Row>[];
  rows: readonly Row[];
  id: (row: Row) => string;
  /** The page of a row: the strong cell links there and the whole row follows. */
  href?: (row: Row) => string | null;
  /** Or: what a click on a row does. */
  onopen?: (row: Row) => void;
  /** Drawn cells, by the column's key. */
  cells?: Record<string, Snippet<[Row, Column<Row>]>>;
  /** Cells that are changed in their place. */
  edit?: EditableCells<Row>;
  /** Whoever keeps how the reader arranged the table; with it the table has its menu of columns. */
  table?: TableControl;
  sort?: string;
  onsort?: (sort: string | undefined) => void;
  /** Ids; given at all, rows have boxes. */
  selected?: string[] | undefined;
  /** All rows that fit are chosen, also those of other pages. */
  everything?: boolean;
  /** So many rows fit; with it all of them can be chosen. */
  matching?: number;
  /** They were counted no further. */
  matchingCapped?: boolean;
  /** Commands for the selection: the ids, and whether all that fit are meant. */
  bulk?: Snippet<[string[], boolean]>;
  /** Space on a row: looks into it. */
  onpeek?: (row: Row) => void;
  /** The last rows come into sight: more can be fetched. */
  onend?: () => void;
  /** The row that stands open beside the table. */
  current?: string | null;
  loading?: boolean;
  refreshing?: boolean;
  error?: { message: string; requestId?: string | null } | null;
  onretry?: () => void;
  empty?: Snippet;
  footer?: Snippet;
  density?: Density;
  gutter?: number;
  /** Without a shaded head, under tabs. */
  plain?: boolean;
  class?: string;
}
