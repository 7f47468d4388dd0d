import { expect, it } from '@jest/globals';
import { fixed, missingFields, withFixes, wrongCells } from './import-cells.ts';

const fields = [
  { name: 'title', label: 'Title', required: true, key: true },
  { name: 'price', label: 'Price', required: true, key: false },
  { name: 'note', label: 'Note', required: false, key: false },
];

it('a new record needs what is required, one that is only changed does not', () => {
  const columns = ['title', null];
  for (const [onMatch, names] of [['create', ['price']], ['upsert', ['price']], ['update', []]] as const)
    expect([onMatch, missingFields(fields, { columns, onMatch }).map(f => f.name)]).toEqual([onMatch, names]);
});

it('a cell is wrong where a problem names its field; where none does, each that is read may be', () => {
  const mapping = { columns: ['title', null, 'price'] };
  const cells = ['Pump', 'left out', 'dear'];
  const said = (problem: string) => wrongCells(fields, mapping, { cells, problems: [problem] });
  expect(said('Price (price): must be a number')).toEqual([
    { at: 2, label: 'Price', text: 'dear', problem: 'must be a number' },
  ]);
  expect(said('Two records have the same Title (title)').map(c => [c.at, c.problem])).toEqual([[0, null], [2, null]]);
  const longer = wrongCells(fields, mapping, { cells: [...cells, ' ', 'more'], problems: ['Row: has 5 cells'] });
  expect(longer.map(c => [c.at, c.label, c.text])).toEqual([
    [0, 'Title', 'Pump'], [2, 'Price', 'dear'], [4, 'Cell 5 (in no column)', 'more'],
  ]);
  expect(wrongCells(fields, mapping, { cells: ['Pump'], problems: ['Price (price): is required'] })[0]!.text).toBe('');
});

it('a correction stays with its line of the file; the last one said of a cell is kept', () => {
  const file = [['Title', 'Price'], ['Pump'], ['Valve', 'dear']];
  const first = [{ line: 1, at: 1, text: '5' }];
  const more = [{ line: 1, at: 1, text: '6' }, { line: 2, at: 1, text: '7' }];
  const both = withFixes(first, more);
  expect(both).toEqual([{ line: 1, at: 1, text: '6' }, { line: 2, at: 1, text: '7' }]);
  expect(fixed(file, both, 2)).toEqual([['Title', 'Price'], ['Pump', '6'], ['Valve', '7']]);
  expect(fixed(file, [{ line: 9, at: 0, text: 'nowhere' }], 2)).toEqual(file);
  const long = [['Title', 'Price'], ['Pump', ' large', '5', ' ']];
  expect(fixed(long, [{ line: 1, at: 1, text: '5' }], 2)).toEqual([['Title', 'Price'], ['Pump', '5']]);
});
