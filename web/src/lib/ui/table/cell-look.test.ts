import { expect, it } from '@jest/globals';
import { cellsOf, fits, type Cell } from './cell-look.ts';
import type { Column } from './column.ts';

interface Sample { name: string; city: string | null }
const name: Column<Sample> = { key: 'name', label: 'Name', strong: true };
const city: Column<Sample> = { key: 'city', label: 'City' };
const arranged = { strong: name, widths: {}, stuck: {}, drawn: {}, edits: new Set(['city']), wide: true };
const cells = (px: number | undefined): Cell<Sample>[] =>
  cellsOf([name, city], { ...arranged, pixels: () => px }) as Cell<Sample>[];

it('a text is cut where it may be wider than its cell, and nowhere else', () => {
  const [of] = cells(100).slice(1);
  expect(fits(of!, 'Oslo')).toBe(true);
  expect(fits(of!, 'Llanfairpwllgwyngyll')).toBe(false);
  expect(fits(cells(260)[1]!, 'Llanfairpwllgwyngyll')).toBe(true);
});

it('a text is cut where nobody knows how wide it is: in other fonts, in a column whose width is laid out', () => {
  expect(fits(cells(100)[1]!, 'ᚠᚢᚦ')).toBe(false);
  expect(fits(cells(400)[1]!, 'ÅÆØ')).toBe(false);
  expect(fits(cells(400)[1]!, '|'.repeat(200))).toBe(false);
  expect(fits(cells(undefined)[1]!, 'Oslo')).toBe(false);
});

it('what the page draws is cut by its cell', () => {
  const [of] = cellsOf([city], { ...arranged, drawn: { city: true }, pixels: () => 100 }) as Cell<Sample>[];
  expect(of).toMatchObject({ kind: 'drawn', room: undefined });
  expect(of!.class).not.toContain('overflow-visible');
});
