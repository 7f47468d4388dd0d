import type { QueryClient } from '@tanstack/svelte-query';
import { opportunityCatalog } from '#domain/crm/opportunity-catalog.ts';
import { opportunityEndpoints } from '#domain/crm/opportunity.contract.ts';
import type { StageOutcome } from '#domain/crm/opportunity-stage.ts';
import { call } from '#lib/platform/client.ts';
import { fieldErrors, isStale, showProblem } from '#lib/platform/problem.ts';
import { notify } from '#lib/ui/overlay/toast.ts';
import { saveInTurn } from '../inline/row-saves.ts';
import { faultsText } from '../record-values.ts';
import { withMoved, type Board, type Place } from './board-place.ts';

export interface AskedMove {
  card: { id: string; version: number; opportunityName: string; stage: string };
  to: { key: string; name: string; outcome: StageOutcome };
  place: Place;
}

/**
 * Moves of opportunities: shown at once, taken back when the API refuses, as where somebody else moved the card since
 * it was seen; who loses one says why.
 */
export class OpportunityMoves {
  asked = $state<AskedMove | null>(null);
  busy = $state<string | null>(null);
  /** The card that the keyboard moves: it keeps the focus wherever it is drawn anew. */
  held = $state<string | null>(null);
  readonly #client: QueryClient;

  constructor(client: QueryClient) {
    this.#client = client;
  }

  ask(card: AskedMove['card'], to: AskedMove['to'], place: Place = {}): void {
    const move = { card, to, place };
    if (to.outcome === 'lost' && card.stage !== to.key) this.asked = move;
    else void this.move(move, null);
  }
  close = (): void => {
    this.asked = null;
  };

  async move({ card, to, place }: AskedMove, lostReason: string | null): Promise<boolean> {
    const boards = { queryKey: ['opportunities', opportunityEndpoints.board.path] };
    this.busy = card.id;
    await this.#client.cancelQueries(boards);
    const kept = this.#client.getQueriesData<Board>(boards);
    this.#client.setQueriesData<Board>(boards, board => board && withMoved(board, card.id, to.key, place));
    try {
      const body = { stage: to.key, ...place, ...(lostReason ? { lostReason } : {}) };
      const params = { id: card.id };
      await saveInTurn(card, version => call(opportunityEndpoints.move, { params, body: { ...body, version } }));
      if (to.outcome === 'won' && card.stage !== to.key) notify.done(`${card.opportunityName} is won`);
      return true;
    } catch (failure) {
      for (const [key, board] of kept) this.#client.setQueryData(key, board);
      const why = isStale(failure)
        ? 'Somebody else changed it meanwhile; it is shown as it is now.'
        : faultsText(opportunityCatalog, fieldErrors(failure));
      if (why) notify.failed(`${card.opportunityName} stays where it was`, { description: why });
      else showProblem(failure);
      return false;
    } finally {
      this.busy = null;
      void this.#client.invalidateQueries({ queryKey: ['opportunities'] });
    }
  }
}
