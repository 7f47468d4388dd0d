import { readFile, writeFile } from 'node:fs/promises';
import { availableParallelism, totalmem } from 'node:os';
import type { Figure, Kept, Spread } from '../bin/docs/figure.ts';

export interface Goal {
  /** The ratio's, or the plain figure's, where nothing is compared. */
  atMost?: number;
  atLeast?: number;
}

export function spread(values: readonly number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  const median = sorted.length % 2 ? sorted[Math.floor(middle)]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return { median: round(median), min: round(sorted[0]!), max: round(sorted.at(-1)!) };
}

/** The value that this share of the measurements stays below. */
export function percentile(values: readonly number[], share: number): number {
  if (!values.length) throw new Error('Nothing was measured');
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!;
}

type About = Pick<Figure, 'name' | 'unit' | 'against' | 'note'>;

/** A figure out of rounds: `ours[i]` and `limit[i]` were measured one right after the other. */
export function compared(about: About, goal: Goal, ours: readonly number[], limit: readonly number[]): Figure {
  const ratio = spread(ours.map((value, i) => value / limit[i]!));
  return { ...about, ours: spread(ours), limit: spread(limit), ratio, ...judged(goal, ratio.median, '×') };
}

/** A figure that stands for itself. */
export function plain(about: About, values: readonly number[], goal: Goal = {}): Figure {
  const ours = spread(values);
  return { ...about, ours, ...judged(goal, ours.median, about.unit && ` ${about.unit}`) };
}

function judged({ atMost, atLeast }: Goal, value: number, unit: string): Pick<Figure, 'goal' | 'met'> {
  if (atMost !== undefined) return { goal: `≤ ${atMost}${unit}`, met: value <= atMost };
  return atLeast === undefined ? {} : { goal: `≥ ${atLeast}${unit}`, met: value >= atLeast };
}

const round = (value: number): number => Number(value.toPrecision(4));
const shown = ({ median, min, max }: Spread, unit = ''): string => `${median}${unit} (${min}…${max})`;

/** The lines of a table on the screen, the same that `results.json` holds. */
export function table(figures: readonly Figure[]): string {
  const head = ['', 'ours', 'compared with', 'ratio', 'goal', ''];
  const rows = figures.map(f => [
    f.name,
    shown(f.ours, f.unit && ` ${f.unit}`),
    f.limit ? `${shown(f.limit, ` ${f.unit}`)} ${f.against ?? ''}` : '',
    f.ratio ? shown(f.ratio, '×') : '',
    f.goal ?? '',
    f.met === undefined ? '' : f.met ? 'met' : 'missed',
  ]);
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map(row => row[column]!.length)));
  return [head, ...rows].map(row => row.map((cell, i) => cell.padEnd(widths[i]!)).join('  ').trimEnd()).join('\n');
}

/** What the run ends with. */
export const exitCodeOf = (figures: readonly Figure[]): 0 | 1 =>
  figures.some(f => f.binding && !f.met) ? 1 : 0;

export interface Results {
  machine: { cpus: number; memoryGB: number; node: string };
  note: string;
  figures: Kept[];
}

/** What is kept after a bench: its figures instead of its older ones, and those of all others as they are. */
export function withFigures(before: Results | null, figures: Kept[], note: string): Results {
  const measured = new Set(figures.map(figure => figure.bench));
  return {
    machine: { cpus: availableParallelism(), memoryGB: Math.round(totalmem() / 1e9), node: process.version },
    note,
    figures: [...(before?.figures ?? []).filter(figure => !measured.has(figure.bench)), ...figures],
  };
}

/** Keeps the figures of one bench in the file. */
export async function keepFigures(path: string, figures: Kept[], note: string): Promise<void> {
  const before = await readFile(path, 'utf8').then(text => JSON.parse(text) as Results, () => null);
  await writeFile(path, `${JSON.stringify(withFigures(before, figures, note), null, 2)}\n`);
}
