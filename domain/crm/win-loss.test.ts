import { expect, it } from '@jest/globals';
import { outcomesBy, together, winRateOf } from './win-loss.ts';

const row = (key: string | null, currency: string, won: number, lost: number) =>
  ({ key, label: key, currency, won, lost, wonValue: won * 100, lostValue: lost * 10 });

it.each([[3, 1, 75], [1, 2, 33.3], [0, 0, null]])('%i won and %i lost are %p %%', (won, lost, rate) =>
  expect(winRateOf({ won, lost })).toBe(rate));

it('counts go together, amounts by their currency', () => {
  const rows = [row('a', 'USD', 1, 1), row('a', 'EUR', 2, 0), row(null, 'USD', 0, 1)];
  expect(outcomesBy(rows)).toEqual([
    {
      key: 'a', label: 'a', won: 3, lost: 1, winRate: 75,
      amounts: [{ currency: 'EUR', won: 200, lost: 0 }, { currency: 'USD', won: 100, lost: 10 }],
    },
    { key: null, label: null, won: 0, lost: 1, winRate: 0, amounts: [{ currency: 'USD', won: 0, lost: 10 }] },
  ]);
  expect(together(rows)).toMatchObject({ won: 3, lost: 2, winRate: 60 });
});
