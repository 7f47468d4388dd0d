import type { Column } from './column.ts';
import type { Drawn } from './row-window.ts';

/** So many columns are drawn in any case, and of more those in sight with so many on each side. */
export const allColumnsUpTo = 24,
  columnsBeyond = 3;
/** Drawn of more columns before anybody knows what there is room for: on most screens they stay. */
export const columnsAtFirst = 18;

/** The cells of columns out of sight, as one that is as wide as they are. */
export interface Gap {
  key: string;
  span: number;
}
export type DrawnColumn<Row> = Column<Row> | Gap;
export const isGap = (item: { key: string }): item is Gap => 'span' in item;

/** Where a column begins and ends, in pixels; one that the window has no room for is as wide as nothing. */
export type Edges = readonly [left: number, right: number];

/** Of columns that are so wide, the first of them `from` the left. */
export function edgesOf(widths: readonly number[], from: number): Edges[] {
  let at = from;
  return widths.map((px): Edges => [at, (at += px)]);
}

/**
 * Which columns are drawn, by what is in sight; `before` stays as long as it has all of that, so that not every step to
 * the side draws all rows anew.
 */
export function drawnColumns(edges: readonly Edges[], sight: Edges, before: Drawn): Drawn {
  const count = edges.length;
  if (count <= allColumnsUpTo) return { from: 0, to: count };
  const first = edges.findIndex(([left, right]) => right > left && right > sight[0]);
  const last = edges.findLastIndex(([left, right]) => right > left && left < sight[1]);
  if (first < 0 || last < first) return { from: before.from, to: Math.min(count, before.to) };
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
