/** What the columns of a file are called: by its first row, by their place without one; none as another one. */
export function columnNames(first: readonly string[], width: number): string[] {
  const seen = new Map<string, number>();
  return Array.from({ length: width }, (_, at) => {
    const name = first[at]?.slice(0, 200) || `Column ${at + 1}`;
    const nth = (seen.get(name) ?? 0) + 1;
    seen.set(name, nth);
    return nth > 1 ? `${name} (${nth})` : name;
  });
}

/** Whether a row holds the names of the columns once more, as in files that were put together of several. */
export const isHeaderAgain = (columns: readonly string[], cells: readonly string[]): boolean =>
  cells.some(Boolean) && columnNames(cells, columns.length).every((name, at) => name === columns[at]);

/** What stands before a file's own columns where its rows that failed are written out, to be mended and imported. */
export const reportColumns = ['Row', 'Reason'] as const;
/** So many columns of a file are no part of its rows. */
export const besideRows = (columns: readonly string[]): number =>
  reportColumns.every((name, at) => columns[at] === name) ? reportColumns.length : 0;
