import type { Figure } from '../bin/docs/figure.ts';
import { plain } from './figures.ts';

/** What people do in a table of 1,000 records, and within how many milliseconds it is done (CRM-109). */
export const tableLimits = { load: 2_000, column: 300, search: 500, save: 3_000 } as const;
export type Operation = keyof typeof tableLimits;

const words: Record<Operation, string> = {
  load: 'the page opened until its rows can be read',
  column: 'a column hidden or shown',
  search: 'search until what fits is there',
  save: 'a form saved until the new record is there',
};

/** The slowest of them must be under the limit, and the bench fails where it is not. */
export function tableFigure(operation: Operation, ms: readonly number[]): Figure {
  const figure = plain({ name: `1,000 accounts: ${words[operation]}`, unit: 'ms' }, ms);
  const atMost = tableLimits[operation];
  return { ...figure, goal: `< ${atMost} ms`, met: figure.ours.max < atMost, binding: true };
}
