import type { QueryClient } from '@tanstack/svelte-query';
import type { z } from 'zod';
import { povEndpoints, type PovListItem } from '#domain/pov/pov.contract.ts';
import type { PovStatus } from '#domain/pov/pov-status.ts';
import { transitionOf } from '#domain/pov/pov-transition.ts';
import { ApiError, call } from '#lib/platform/client.ts';
import { problemText } from '#lib/platform/problem.ts';
import { refreshPov } from '../changes.svelte.ts';

type Board = z.output<typeof povEndpoints.board.returns>;
export interface AskedMove {
  pov: PovListItem;
  to: PovStatus;
  reasonRequired: boolean;
  /** Why it was refused, every reason (POV-036). */
  refused: readonly string[];
}

/** Moves of cards: shown at once, taken back when the API refuses, and the question that some of them need. */
export class BoardMoves {
  asked = $state<AskedMove | null>(null);
  busy = $state<string | null>(null);
  readonly #client: QueryClient;

  constructor(client: QueryClient) {
    this.#client = client;
  }

  /** Moves that need no word are made at once; what is final or needs a reason is asked. */
  ask(pov: PovListItem, to: PovStatus): void {
    const transition = transitionOf(pov.status, to);
    const question = { pov, to, reasonRequired: transition?.reasonRequired ?? false, refused: [] };
    if (transition?.reasonRequired || to === 'WON') this.asked = question;
    else void this.move(question, '');
  }
  close = (): void => {
    this.asked = null;
  };

  async move(question: AskedMove, reason: string): Promise<boolean> {
    const { pov, to } = question;
    const kept = this.#client.getQueriesData<Board>({ queryKey: ['pov-board'] });
    this.busy = pov.id;
    await this.#client.cancelQueries({ queryKey: ['pov-board'] });
    this.#client.setQueriesData<Board>({ queryKey: ['pov-board'] }, board => board && moved(board, pov, to));
    try {
      await call(povEndpoints.transition, { params: { id: pov.id }, body: { to, reason: reason || null } });
      return true;
    } catch (failure) {
      for (const [key, board] of kept) this.#client.setQueryData(key, board);
      const refused =
        failure instanceof ApiError && failure.reasons.length ? failure.reasons : [problemText(failure)];
      this.asked = { ...question, refused };
      return false;
    } finally {
      this.busy = null;
      void refreshPov(this.#client, pov.id);
    }
  }
}

/** The board with the card in another column, on top. */
const moved = (board: Board, pov: PovListItem, to: PovStatus): Board => ({
  columns: board.columns.map(column => {
    const items = column.items.filter(i => i.id !== pov.id);
    const gone = column.items.length - items.length;
    return column.status === to
      ? { ...column, total: column.total - gone + 1, items: [{ ...pov, status: to, waitingFor: null }, ...items] }
      : { ...column, total: column.total - gone, items };
  }),
});
