import { expect, it } from '@jest/globals';
import { lineTotalOf } from './opportunity-line-item.ts';

it.each([
  [2, 500_000, 10, 900_000],
  [1, 1, 0, 1],
  [3, 333, 33.33, 666],
  [1, 1, 50, 1],
  [1_000_000, 10_000_000, 0, 10_000_000_000_000],
  [7, 100, 100, 0],
])('[CRM-074] %i × %i less %f %% is %i', (quantity, unitPrice, discountPercent, total) =>
  expect(lineTotalOf({ quantity, unitPrice, discountPercent })).toBe(total));
