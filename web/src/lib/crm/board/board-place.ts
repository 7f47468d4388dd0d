import type { BoardCard, BoardColumn } from '#domain/crm/opportunity.contract.ts';

/** Beside which card another one is put; on top where neither is said. */
export interface Place {
  before?: string;
  after?: string;
}
export type Board = { columns: BoardColumn[] };

const weighted = (value: number, probability: number): number => Math.round((value * probability) / 100);

/** The board with the card in a stage at its place, with the totals that follow; the server's answer replaces it. */
export function withMoved(board: Board, id: string, stageKey: string, place: Place): Board {
  const card = board.columns.flatMap(c => c.items).find(i => i.id === id);
  const to = board.columns.find(c => c.stage.key === stageKey)?.stage;
  if (!card || !to) return board;
  const probability = card.stage === stageKey ? card.probability : to.probability;
  const put = { ...card, stage: stageKey, probability, weightedValue: weighted(card.value, probability) };
  return {
    columns: board.columns.map(column => {
      const without = column.items.filter(i => i.id !== id);
      const key = column.stage.key;
      if (key !== stageKey) return key === card.stage ? counted({ ...column, items: without }, card, -1) : column;
      const items = [...without];
      items.splice(indexOf(without, place), 0, put);
      const less = key === card.stage ? counted(column, card, -1) : column;
      return { ...counted(less, put, 1), items };
    }),
  };
}

function indexOf(items: readonly BoardCard[], { before, after }: Place): number {
  const at = items.findIndex(i => i.id === (before ?? after));
  if (at < 0) return 0;
  return before ? at : at + 1;
}

/** The column with one card more or less in its totals. */
function counted(column: BoardColumn, card: BoardCard, by: 1 | -1): BoardColumn {
  const known = column.amounts.some(a => a.currency === card.currency);
  const amounts = known ? column.amounts : [...column.amounts, { currency: card.currency, value: 0, weighted: 0 }];
  return {
    ...column,
    count: column.count + by,
    amounts: amounts.map(a =>
      a.currency === card.currency
        ? { ...a, value: a.value + by * card.value, weighted: a.weighted + by * card.weightedValue }
        : a),
  };
}

/** Where a card goes that is moved by one place within its column; null at the end of it. */
export function stepped(items: readonly { id: string }[], id: string, by: 1 | -1): Place | null {
  const beside = items[items.findIndex(i => i.id === id) + by];
  if (!beside) return null;
  return by === 1 ? { after: beside.id } : { before: beside.id };
}
