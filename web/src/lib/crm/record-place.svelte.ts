import { createQuery } from '@tanstack/svelte-query';
import { untrack } from 'svelte';
import type { ListQuery } from '#domain/platform/list.ts';
import { reading } from '#lib/platform/query.ts';
import type { CrmModule, Row } from './crm-module.ts';

/** So many rows of a list are read for the place of one that was opened by its address. */
const readAtMost = 500;

export interface Placed {
  module: CrmModule;
  id: string;
  /** The rows of the list that have come. */
  rows: readonly Row[];
  /** Reads what follows them; null where all of it is there. */
  more: (() => void) | null;
  /** What the list was asked for. */
  query: Pick<ListQuery, 'q' | 'filter'> & { where?: string };
}

/** Where a record stands among the rows of its list: they are read on until it is there, or it is said why not. */
export function useRecordPlace(given: () => Placed) {
  const index = $derived(given().rows.findIndex(row => row.id === given().id));
  const missing = $derived(index < 0 && given().rows.length > 0);
  const furtherOn = $derived(missing && given().more !== null);
  /** Whether it fits at all: else the whole list would be read for nothing. */
  const asked = createQuery(() => {
    const { module, id, query } = given();
    const { q, where, filter } = query;
    const only = { q, where, filter: { ...filter, id }, page: 1, pageSize: 1 };
    const follows = module.follows;
    return { ...reading(module.record.endpoints.list, { query: only }, { follows }), enabled: furtherOn };
  });
  const absent = $derived((asked.data as { items: unknown[] } | undefined)?.items.length === 0);
  const looking = $derived(furtherOn && !absent && given().rows.length < readAtMost);
  $effect(() => {
    const { rows, more } = given();
    // Again when rows have come, and not because a page did not.
    if (looking && !asked.isLoading && rows.length) untrack(() => more?.());
  });
  const unknown = $derived.by(() => {
    if (!missing) return null;
    if (looking) return 'Its place in the list is being looked for';
    return furtherOn && !absent
      ? `It is not among the first ${given().rows.length} rows: scroll the list down to it`
      : 'It is not among the rows of this list';
  });
  return {
    /** Below zero while it is not known. */
    get index(): number { return index; },
    /** Why nothing stands before and behind it. */
    get unknown(): string | null { return unknown; },
  };
}
