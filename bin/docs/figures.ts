import { readFileSync } from 'node:fs';
import type { Kept, Spread } from './figure.ts';
import { table } from './parts.ts';

/** What `npm run bench` measured last of each. */
export const measured = (): Kept[] =>
  (JSON.parse(readFileSync('bench/results.json', 'utf8')) as { figures: Kept[] }).figures;

/** The figures that have a goal: medians, with the least and the greatest of the rounds. */
export const goalsTable = (): string =>
  table(
    ['bench', 'what', 'ours', 'compared with', 'ratio', 'goal', '', 'on'],
    measured()
      .filter(figure => figure.goal)
      .map(f => [
        f.bench,
        f.name,
        spread(f.ours, f.unit),
        f.limit ? `${spread(f.limit, f.unit)} ${f.against ?? ''}` : '',
        f.ratio ? spread(f.ratio, '×') : '',
        f.goal!,
        f.met ? 'met' : '**missed**',
        f.at.slice(0, 10),
      ]),
  );

/** The figures that stand for themselves. */
export const figuresTable = (): string =>
  table(
    ['bench', 'what', 'ours', 'compared with', 'on'],
    measured()
      .filter(figure => !figure.goal)
      .map(f => [f.bench, f.name, spread(f.ours, f.unit), f.limit ? spread(f.limit, f.unit) : '', f.at.slice(0, 10)]),
  );

const spread = ({ median, min, max }: Spread, unit: string): string =>
  `${median}${unit === '×' || unit === '' ? unit : ` ${unit}`}${min === max ? '' : ` (${min}…${max})`}`;
