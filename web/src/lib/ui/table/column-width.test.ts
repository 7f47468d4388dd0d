import { expect, it } from '@jest/globals';
import type { Column } from './column.ts';
import { FittedWidths, fittedWidth, textWidth } from './column-width.ts';

interface Sample { city: string | null }
const city: Column<Sample> = { key: 'city', label: 'City' };
const rows = (...cities: (string | null)[]): Sample[] => cities.map(name => ({ city: name }));
const px = (column: Column<Sample>, ...cities: (string | null)[]): number => fittedWidth(column, rows(...cities)).px;

it('a text is as wide as its letters', () => {
  expect(textWidth('ill', 13)).toBeLessThan(textWidth('mow', 13) / 2);
  expect(textWidth('東京都', 13)).toBeGreaterThan(39);
  expect(textWidth('x'.repeat(1e6), 13)).toBe(textWidth('x'.repeat(100), 13));
});

it('a column has room for its longest text and its head, within limits', () => {
  expect(px(city, 'Oslo')).toBe(80);
  expect(px(city, 'Oslo', null, 'Llanfairpwllgwyngyll')).toBeGreaterThan(px(city, 'Kristiansund'));
  expect(px(city, 'x'.repeat(200))).toBe(260);
  expect(px({ ...city, strong: true }, 'x'.repeat(200))).toBe(360);
  const long = 'The city that goods are shipped to, and their invoice where none is named';
  expect(px({ ...city, label: long })).toBeGreaterThan(textWidth(long, 12));
  expect(px({ ...city, label: 'Shipping city', sort: true })).toBeGreaterThan(px({ ...city, label: 'Shipping city' }));
});

it('what is drawn has room for its picture, and an instant for what is said of it', () => {
  expect(fittedWidth(city, rows('Kristiansund'), true).px).toBeGreaterThan(px(city, 'Kristiansund'));
  const instant = (at: string): number => fittedWidth(city, rows(at), true).px;
  expect(instant('2026-11-24T09:00:00.000Z')).toBe(instant('2026-11-24T09:00'));
  expect(fittedWidth(city, rows(null), true)).toEqual({ px: 80, told: false });
});

it('a width stays as it was found; of an empty column the rows that come next say it', () => {
  const widths = new FittedWidths<Sample>();
  expect(widths.of(city, rows(null), false)).toBe(80);
  const found = widths.of(city, rows('Kristiansund'), false);
  expect(found).toBeGreaterThan(80);
  expect(widths.of(city, rows('Oslo', 'x'.repeat(200)), false)).toBe(found);
});
