/** So many rows are drawn in any case: short tables are drawn whole. */
export const wholeUpTo = 80;
/** Rows drawn above and below what is in sight, so that the keyboard finds the next one and scrolling is not seen. */
export const beyond = 8;
/** What is drawn stays until fewer than so many of those are left: not every step of scrolling changes the table. */
export const near = 2;
/** Drawn before anything is measured, and where none of them is in sight. */
export const fewest = 30;
/** More are fetched as soon as fewer than so many below what is in sight are there. */
export const fetchedAhead = 30;

export interface Drawn {
  from: number;
  to: number;
}

interface Sight {
  /** Where the first row stands against the window, whose height is the next. */
  top: number;
  height: number;
  row: number;
  /** What is drawn now. */
  before?: Drawn | undefined;
}

/** Which of `count` rows are drawn. */
export function drawnRows(count: number, { top, height, row, before }: Sight): Drawn {
  if (count <= wholeUpTo) return { from: 0, to: count };
  const first = Math.floor(-top / row),
    last = Math.ceil((height - top) / row);
  const within = (edge: number): number => Math.min(count, Math.max(0, edge));
  const fitting = before && before.to <= count && before.to - before.from >= fewest;
  if (fitting && before.from <= within(first - near) && before.to >= within(last + near)) return before;
  const to = Math.min(count, Math.max(last + beyond, fewest));
  return { from: Math.min(Math.max(0, first - beyond), Math.max(0, to - fewest)), to };
}
