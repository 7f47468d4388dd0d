import { expect, it, test } from '@jest/globals';
import { nextSort, sortedBy, type Column } from './column.ts';
import { arranged, clampWidth, isPlain, moved, plainLayout, resized, shownColumns, toggled } from './table-layout.ts';

const columns: Column<never>[] = [
  { key: 'name', label: 'Name', strong: true },
  { key: 'owner', label: 'Owner' },
  { key: 'city', label: 'City' },
  { key: 'industry', label: 'Industry', optional: true },
  { key: 'menu', label: 'More', hideLabel: true },
];
const keys = (found: Column<never>[]): string[] => found.map(c => c.key);
const shown = (layout = plainLayout): string[] => keys(shownColumns(columns, layout));

it('a table that nobody arranged is as its columns say', () => {
  expect(shown()).toEqual(['name', 'owner', 'city', 'menu']);
  expect(isPlain(plainLayout)).toBe(true);
});

it('a column is hidden and shown again, also one that is hidden at first; the name of a row never is', () => {
  const hidden = toggled(columns, plainLayout, 'owner');
  expect(shown(hidden)).toEqual(['name', 'city', 'menu']);
  expect(shown(toggled(columns, hidden, 'industry'))).toEqual(['name', 'city', 'industry', 'menu']);
  expect(shown(toggled(columns, hidden, 'owner'))).toEqual(['name', 'owner', 'city', 'menu']);
  expect(shown(toggled(columns, plainLayout, 'name'))).toContain('name');
  expect(shown({ ...plainLayout, hidden: ['name', 'owner'] })).toEqual(['name', 'city', 'menu']);
});

test.each([
  ['city', 'name', ['city', 'name', 'owner', 'industry', 'menu']],
  ['name', 'city', ['owner', 'city', 'name', 'industry', 'menu']],
  ['name', 'name', ['name', 'owner', 'city', 'industry', 'menu']],
  ['moon', 'city', ['name', 'owner', 'city', 'industry', 'menu']],
])('%s is put where %s stands', (key, to, order) =>
  expect(keys(arranged(columns, moved(columns, plainLayout, key, to)))).toEqual(order));

it('names that the table does not have are ignored, and new columns stand where they belong', () => {
  const kept = { ...plainLayout, order: ['city', 'gone', 'name', 'city'], hidden: ['gone'] };
  expect(keys(arranged(columns, kept))).toEqual(['city', 'industry', 'name', 'owner', 'menu']);
  expect(shown(kept)).toEqual(['city', 'name', 'owner', 'menu']);
});

it('a width stays between 80 and 400 pixels, and is given up', () => {
  expect([20, 80.4, 240, 900].map(clampWidth)).toEqual([80, 80, 240, 400]);
  const wide = resized(plainLayout, 'city', 900);
  expect(wide.widths).toEqual({ city: 400 });
  expect(resized(wide, 'city', null).widths).toEqual({});
});

it('a header sorts up, down and not at all; with shift beside the others', () => {
  expect([undefined, 'name', '-name', 'city'].map(sort => nextSort(sort, 'name'))).toEqual([
    'name', '-name', undefined, 'name',
  ]);
  expect(['city', 'city,name', 'city,-name'].map(sort => nextSort(sort, 'name', true))).toEqual([
    'city,name', 'city,-name', 'city',
  ]);
  expect(sortedBy('city,-name', 'name')).toEqual({ descending: true, nth: 2 });
  expect(sortedBy('name', 'name')).toEqual({ descending: false, nth: null });
  expect(sortedBy('city', 'name')).toBeNull();
});
