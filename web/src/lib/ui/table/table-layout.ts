import type { Column } from './column.ts';

/** How a reader arranged a table: names of columns that it does not have are ignored, new ones take their own place. */
export interface TableLayout {
  order: readonly string[];
  /** Null: what the columns say of themselves. */
  hidden: readonly string[] | null;
  widths: Readonly<Record<string, number>>;
  /** So many first columns stay in sight. */
  pinned: number;
  density: Density;
}
export type Density = 'dense' | 'default' | 'roomy';
export const rowHeights: Record<Density, string> = { dense: '28px', default: '34px', roomy: '42px' };
export const plainLayout: TableLayout = { order: [], hidden: null, widths: {}, pinned: 0, density: 'default' };

/** Whoever keeps the layout; `change` shows at once. */
export interface TableControl {
  readonly layout: TableLayout;
  change(next: TableLayout): void;
}

/** In pixels. */
export const narrowest = 80,
  widest = 400;
export const clampWidth = (px: number): number => Math.round(Math.min(widest, Math.max(narrowest, px)));

type Keyed = Column<never>;
const isOwn = (column: Pick<Keyed, 'hideLabel'>): boolean => !column.hideLabel;

/** The column that names a row: it cannot be hidden. */
export const strongKeyOf = <Row>(columns: readonly Column<Row>[]): string | undefined =>
  (columns.find(c => c.strong) ?? columns[0])?.key;

/** All columns in the reader's order; those without a label of their own (menus of a row) stay last. */
export function arranged<Row>(columns: readonly Column<Row>[], { order }: TableLayout): Column<Row>[] {
  const own = columns.filter(isOwn);
  const byKey = new Map(own.map(c => [c.key, c]));
  const keys = [...new Set(order)].filter(key => byKey.has(key));
  if (keys.length)
    own.forEach(({ key }, i) => {
      if (keys.includes(key)) return;
      const before = own.slice(0, i).findLast(c => keys.includes(c.key));
      keys.splice(before ? keys.indexOf(before.key) + 1 : 0, 0, key);
    });
  const first = keys.length ? keys.map(key => byKey.get(key)!) : own;
  return [...first, ...columns.filter(c => !isOwn(c))];
}

export function isHidden<Row>(column: Column<Row>, { hidden, order }: TableLayout): boolean {
  if (hidden?.includes(column.key)) return true;
  const decided = hidden !== null && order.includes(column.key);
  return Boolean(column.optional) && !decided;
}

export function shownColumns<Row>(columns: readonly Column<Row>[], layout: TableLayout): Column<Row>[] {
  const strong = strongKeyOf(columns);
  return arranged(columns, layout).filter(c => c.key === strong || !isHidden(c, layout));
}

/** The same layout with everything said, so that what follows changes nothing else. */
function spelled<Row>(columns: readonly Column<Row>[], layout: TableLayout): TableLayout {
  const all = arranged(columns, layout).filter(isOwn);
  const strong = strongKeyOf(columns);
  return {
    ...layout,
    order: all.map(c => c.key),
    hidden: all.filter(c => c.key !== strong && isHidden(c, layout)).map(c => c.key),
  };
}

export function toggled<Row>(columns: readonly Column<Row>[], layout: TableLayout, key: string): TableLayout {
  const full = spelled(columns, layout);
  if (key === strongKeyOf(columns)) return full;
  const hidden = full.hidden!.includes(key) ? full.hidden!.filter(k => k !== key) : [...full.hidden!, key];
  return { ...full, hidden };
}

/** Puts a column where another one stands: before it when it comes from the right, behind it when from the left. */
export function moved<Row>(
  columns: readonly Column<Row>[], layout: TableLayout, key: string, to: string,
): TableLayout {
  const full = spelled(columns, layout);
  const [from, at] = [full.order.indexOf(key), full.order.indexOf(to)];
  if (from < 0 || at < 0 || from === at) return full;
  const order = full.order.filter(k => k !== key);
  order.splice(at, 0, key);
  return { ...full, order };
}

export const resized = (layout: TableLayout, key: string, px: number | null): TableLayout => {
  const { [key]: _, ...others } = layout.widths;
  return { ...layout, widths: px === null ? others : { ...others, [key]: clampWidth(px) } };
};

export const isPlain = ({ order, hidden, widths, pinned, density }: TableLayout): boolean =>
  !order.length && hidden === null && !Object.keys(widths).length && pinned === 0 && density === 'default';
