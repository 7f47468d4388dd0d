import { expect, it } from '@jest/globals';
import type { BoardCard, BoardColumn } from '#domain/crm/opportunity.contract.ts';
import { stepped, withMoved } from './board-place.ts';

const card = (id: string, stage: string, value = 100): BoardCard => ({
  id, stage, value, version: 1, opportunityName: id, currency: 'USD', probability: 50, weightedValue: value / 2,
  stageSince: '', expectedCloseDate: null, accountId: null, accountName: null, contactName: null, ownerId: '',
  ownerName: null, lostReason: null, kanbanIndex: 0,
});
const column = (key: string, probability: number, items: BoardCard[]): BoardColumn => ({
  stage: { key, name: key, outcome: 'open', probability, requiredFields: [] }, count: items.length, items,
  amounts: items.length ? [{ currency: 'USD', value: 100 * items.length, weighted: 50 * items.length }] : [],
});
const board = { columns: [column('a', 50, [card('1', 'a'), card('2', 'a')]), column('b', 80, [card('3', 'b')])] };
const shown = (of: typeof board): unknown => of.columns.map(c => [c.count, c.items.map(i => i.id), c.amounts]);

it('a card that is moved takes its value with it, at the probability of its new stage', () =>
  expect(shown(withMoved(board, '1', 'b', { after: '3' }))).toEqual([
    [1, ['2'], [{ currency: 'USD', value: 100, weighted: 50 }]],
    [2, ['3', '1'], [{ currency: 'USD', value: 200, weighted: 130 }]],
  ]));

it('a card that is moved within its column changes no total', () => {
  expect(shown(withMoved(board, '2', 'a', { before: '1' }))).toEqual([
    [2, ['2', '1'], board.columns[0]!.amounts], [1, ['3'], board.columns[1]!.amounts],
  ]);
  expect(withMoved(board, 'x', 'a', {})).toBe(board);
});

it('one place up or down, as far as the column goes', () => {
  expect([stepped(board.columns[0]!.items, '1', 1), stepped(board.columns[0]!.items, '1', -1)]).toEqual([
    { after: '2' }, null,
  ]);
});
