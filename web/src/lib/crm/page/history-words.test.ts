import { expect, it } from '@jest/globals';
import { currenciesThen, historyWord } from './history-words.ts';

const catalog = [
  { field: 'owner', kind: null }, { field: 'ownerId', kind: 'user' }, { field: 'stage', kind: 'stage' },
  { field: 'value', kind: 'cents' }, { field: 'closes', kind: 'day' }, { field: 'status', kind: 'choice' },
  { field: 'active', kind: 'boolean' }, { field: 'share', kind: 'percent' }, { field: 'tags', kind: 'words' },
  { field: 'about', kind: 'prose' }, { field: 'at', kind: 'instant' }, { field: 'accountId', kind: 'account' },
  { field: 'emails', kind: 'typed' },
] as const;

it.each([
  ['ownerId', 'u-1', 'Dana Reed'], ['ownerId', null, null], ['accountId', 'a-1', 'not shown to you'],
  ['stage', 'closed_won', 'Closed won'], ['value', 12_000_00, '12,000'], ['closes', '2026-11-30T00:00:00.000Z', '30'],
  ['status', 'in_progress', 'In progress'], ['active', false, 'No'], ['share', 20, '20 %'],
  ['tags', ['a', 'b'], 'a, b'], ['tags', [], null],
  ['about', 'Long', null], ['at', '2026-11-30T00:00:00.000Z', null], ['kanbanIndex', 3, null],
  ['emails', [{ type: 'home', value: 'a@b.example' }], 'a@b.example (home)'],
])('[CRM-071] a history says of %s %j: %s', (field, value, said) => {
  const row = { id: '', version: 1, currency: 'EUR' };
  const names = { 'u-1': 'Dana Reed', 'closed_won': 'Closed won' };
  const word = historyWord(catalog, names, { row, field, value });
  if (said === null) expect(word).toBeNull();
  else expect(word).toContain(said);
});

it('[CRM-071] a history says amounts in the currency that they were in, on both sides of its change', () => {
  const change = (id: string, ...fields: [string, unknown, unknown][]) =>
    ({ id, changes: fields.map(([field, from, to]) => ({ field, from, to })) });
  const items = [
    change('dearer', ['value', 2_00, 3_00]), change('moved', ['value', 1_00, 2_00], ['currency', 'USD', 'EUR']),
    change('cheap', ['value', 0, 1_00]), change('made', ['currency', null, 'USD'], ['value', null, 0]),
  ];
  const words = currenciesThen(items, 'EUR');
  expect([...words]).toEqual([
    ['dearer', { from: 'EUR', to: 'EUR' }], ['moved', { from: 'USD', to: 'EUR' }],
    ['cheap', { from: 'USD', to: 'USD' }], ['made', { from: 'USD', to: 'USD' }],
  ]);
});
