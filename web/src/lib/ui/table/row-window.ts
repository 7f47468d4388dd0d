/** So many rows are drawn in any case: short tables are drawn whole. */
export const wholeUpTo = 80;
/** Rows drawn above and below what is in sight, so that the keyboard finds the next one and scrolling is not seen. */
export const beyond = 15;

export interface Drawn {
  from: number;
  to: number;
}

/** Which of `count` rows are drawn, by where the first one stands against the window. */
export function drawnRows(count: number, { top, height, row }: { top: number; height: number; row: number }): Drawn {
  if (count <= wholeUpTo) return { from: 0, to: count };
  const first = Math.floor(-top / row) - beyond;
  const last = Math.ceil((height - top) / row) + beyond;
  const to = Math.min(count, Math.max(last, beyond * 2));
  return { from: Math.min(Math.max(0, first), Math.max(0, to - beyond * 2)), to };
}
