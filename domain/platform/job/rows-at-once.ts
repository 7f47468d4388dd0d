/** Who adds a record waits for the rows of an import that are worked on, two seconds at most (`importingAlone`). */
const longMs = 700,
  shortMs = longMs / 3;
export const firstRows = 200;
export const mostRows = 500;
const fewest = 20;

/** How many rows of an import are worked on at once, after so many took so long. */
export function rowsAtOnce(rows: number, tookMs: number): number {
  if (tookMs < shortMs) return Math.min(mostRows, rows * 2);
  return tookMs > longMs ? Math.max(fewest, Math.round(rows * longMs / tookMs)) : rows;
}
