import { describe, expect, it } from '@jest/globals';
import { exitCodeOf, table } from './figures.ts';
import { tableFigure, tableLimits, type Operation } from './table-limits.ts';

describe('the limits of a table in the browser', () => {
  it('[CRM-109] [PLT-098] are those that are promised, and a bench over one of them fails', () => {
    const over = Object.keys(tableLimits).map(name => tableFigure(name as Operation, [60_000]));
    expect(over.map(figure => exitCodeOf([figure]))).toEqual([1, 1, 1, 1]);
    expect(tableLimits).toEqual({ load: 2_000, column: 300, search: 500, save: 3_000 });
  });

  it.each(Object.entries(tableLimits) as [Operation, number][])('hold for %s by the slowest of all', (name, limit) => {
    const [under, over] = [tableFigure(name, [1, 2, limit - 1]), tableFigure(name, [1, 2, limit])];
    expect([under.met, exitCodeOf([under])]).toEqual([true, 0]);
    expect([over.met, exitCodeOf([under, over])]).toEqual([false, 1]);
    expect(table([over])).toMatch(new RegExp(`< ${limit} ms\\s+missed`));
  });
});
