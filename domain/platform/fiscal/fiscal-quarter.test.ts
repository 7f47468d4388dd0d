import { expect, it } from '@jest/globals';
import { fiscalQuarterOf, quarterText } from './fiscal-quarter.ts';

it.each([
  ['2027-01', 1, '2027-Q1'],
  ['2027-12', 1, '2027-Q4'],
  ['2027-03', 4, '2027-Q4'],
  ['2027-04', 4, '2028-Q1'],
  ['2027-06', 7, '2027-Q4'],
  ['2027-07', 7, '2028-Q1'],
  ['2027-12', 12, '2028-Q1'],
  ['2028-02', 12, '2028-Q1'],
  ['2028-11', 12, '2028-Q4'],
])('%s is, of a year that begins with month %i, in %s', (month, start, quarter) => {
  expect(fiscalQuarterOf(month, start)).toBe(quarter);
});

it('is said in words', () => {
  expect(quarterText('2027-Q2')).toBe('Q2 FY2027');
});
