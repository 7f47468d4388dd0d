import { z } from 'zod';
import type { ImportField, Mapping } from './job.ts';

/** A cell of a file that is read as another text: by its row, counted as in the file, and its column, from 0. */
export const CellFix = z
  .object({
    nth: z.int().min(1).max(1_000_000),
    at: z.int().min(0).max(499),
    text: z.string().max(10_000).regex(/^[^\0]*$/, 'must not hold NUL characters'),
  })
  .meta({ id: 'CellFix', example: { nth: 2, at: 0, text: 'Halvorsen Foods' } });
export type CellFix = z.output<typeof CellFix>;
/** So many are corrected at once, and in one file. */
export const fixesAtOnce = 2_000,
  fixesMax = 10_000;

/** The same by its place among the rows of the file, from 0. */
export interface KeptFix {
  line: number;
  at: number;
  text: string;
}

/** Those that are kept with the new ones, the last one said of each cell. */
export function withFixes(kept: readonly KeptFix[], added: readonly KeptFix[]): KeptFix[] {
  const byCell = new Map([...kept, ...added].map(fix => [`${fix.line} ${fix.at}`, fix]));
  return [...byCell.values()].sort((a, b) => a.line - b.line || a.at - b.at);
}

/**
 * The rows of a file of so many columns as they were corrected: a row that was cut short gets the cells that it lacks,
 * one that is too long, as where a text holds a comma, loses those that belong to no column.
 */
export function fixed(rows: readonly string[][], fixes: readonly KeptFix[], width: number): string[][] {
  const all = [...rows];
  for (const { line, at, text } of fixes) if (all[line]) all[line] = withCell(all[line], { at, text, width });
  return all;
}
export const withCell = (
  cells: readonly string[], { at, text, width }: { at: number; text: string; width: number },
): string[] =>
  Array.from({ length: Math.max(cells.length, at + 1) }, (_, n) => (n === at ? text : (cells[n] ?? '')))
    .slice(0, width);

/** Fields without which no row makes a record, though none of the columns goes there. */
export const missingFields = (
  fields: readonly ImportField[], { columns, onMatch }: Pick<Mapping, 'columns' | 'onMatch'>,
): ImportField[] => (onMatch === 'update' ? [] : fields.filter(f => f.required && !columns.includes(f.name)));

export interface WrongCell {
  at: number;
  label: string;
  text: string;
  problem: string | null;
}

/** The cells of a row that are wrong, each with what is; all that are read, where no single one is to blame. */
export function wrongCells(
  fields: readonly ImportField[], { columns }: Pick<Mapping, 'columns'>,
  { cells, problems }: { cells: readonly string[]; problems: readonly string[] },
): WrongCell[] {
  const read = columns.flatMap((name, at): WrongCell[] => {
    const field = fields.find(f => f.name === name);
    if (!field) return [];
    const begins = `${field.label} (${field.name}): `;
    const problem = problems.find(p => p.startsWith(begins))?.slice(begins.length) ?? null;
    return [{ at, label: field.label, text: cells[at] ?? '', problem }];
  });
  const blamed = read.filter(cell => cell.problem !== null);
  return blamed.length ? blamed : [...read, ...inNoColumn(cells, columns.length)];
}

/** Of a row that is longer than the others: what stands behind the last column, to be emptied. */
const inNoColumn = (cells: readonly string[], columns: number): WrongCell[] =>
  cells.slice(columns).flatMap((text, n) =>
    text.trim() ? [{ at: columns + n, label: `Cell ${columns + n + 1} (in no column)`, text, problem: null }] : []);
