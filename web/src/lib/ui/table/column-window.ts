import type { Column } from './column.ts';
import type { Drawn } from './row-window.ts';

/** So many columns are drawn in any case, and of more those in sight with so many on each side. */
export const allColumnsUpTo = 24,
  columnsBeyond = 3;

/** The cells of columns out of sight, as one that is as wide as they are. */
export interface Gap {
  key: string;
  span: number;
}
export type DrawnColumn<Row> = Column<Row> | Gap;
export const isGap = <Row>(column: DrawnColumn<Row>): column is Gap => 'span' in column;

export const sameDrawn = <Row>(a: readonly DrawnColumn<Row>[], b: readonly DrawnColumn<Row>[]): boolean =>
  a.length === b.length && a.every((column, at) => {
    const other = b[at]!;
    if (column === other) return true;
    return isGap(column) && isGap(other) && column.key === other.key && column.span === other.span;
  });

/** Where a column begins and ends, in pixels; one that the window has no room for is as wide as nothing. */
export type Edges = readonly [left: number, right: number];

/**
 * Which columns are drawn, by what is in sight; `before` stays as long as it has all of that, so that not every step to
 * the side draws all rows anew.
 */
export function drawnColumns(edges: readonly Edges[], sight: Edges, before: Drawn): Drawn {
  const count = edges.length;
  if (count <= allColumnsUpTo) return { from: 0, to: count };
  const first = edges.findIndex(([left, right]) => right > left && right > sight[0]);
  const last = edges.findLastIndex(([left, right]) => right > left && left < sight[1]);
  if (first < 0 || last < first) return { from: 0, to: allColumnsUpTo };
  if (before.from <= first && last < before.to && before.to - before.from <= last - first + 1 + 4 * columnsBeyond)
    return { from: before.from, to: Math.min(count, before.to) };
  return { from: Math.max(0, first - columnsBeyond), to: Math.min(count, last + 1 + columnsBeyond) };
}

/** The columns that are drawn, those of `always` among them, and gaps for the others that the window has room for. */
export function withGaps<Row>(
  columns: readonly Column<Row>[], { from, to }: Drawn, { always, roomless }: {
    always: (column: Column<Row>, at: number) => boolean;
    roomless: ReadonlySet<string>;
  },
): DrawnColumn<Row>[] {
  const drawn: DrawnColumn<Row>[] = [];
  let gap: Gap | undefined;
  for (const [at, column] of columns.entries()) {
    if ((at >= from && at < to) || always(column, at)) {
      gap = undefined;
      drawn.push(column);
    } else if (gap) gap.span += roomless.has(column.key) ? 0 : 1;
    else if (!roomless.has(column.key)) drawn.push((gap = { key: `gap before ${column.key}`, span: 1 }));
  }
  return drawn;
}
