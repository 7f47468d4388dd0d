/** So many rows are drawn in any case: short tables are drawn whole. */
export const wholeUpTo = 80;
/** Rows drawn above and below what is in sight, so that the keyboard finds the next one and scrolling is not seen. */
export const beyond = 8;
/** Drawn before anything is measured, and where none of them is in sight. */
export const fewest = 30;
/** More are fetched as soon as fewer than so many below what is in sight are there. */
export const fetchedAhead = 30;

export interface Drawn {
  from: number;
  to: number;
}

/** Which of `count` rows are drawn, by where the first one stands against the window. */
export function drawnRows(count: number, { top, height, row }: { top: number; height: number; row: number }): Drawn {
  if (count <= wholeUpTo) return { from: 0, to: count };
  const first = Math.floor(-top / row) - beyond;
  const last = Math.ceil((height - top) / row) + beyond;
  const to = Math.min(count, Math.max(last, fewest));
  return { from: Math.min(Math.max(0, first), Math.max(0, to - fewest)), to };
}
