import { browser } from '$app/env';
import { page } from '$app/state';
import { createQuery, useQueryClient, type QueryClient } from '@tanstack/svelte-query';
import type { SavedView } from '#domain/platform/table/saved-view.ts';
import type { TablePage, TablePreference, TableSettings } from '#domain/platform/table/table-preference.ts';
import { savedViewEndpoints, tablePreferenceEndpoints } from '#domain/platform/table/table.contract.ts';
import { notify } from '#lib/ui/overlay/toast.ts';
import type { TableControl, TableLayout } from '#lib/ui/table/table-layout.ts';
import { call } from '../client.ts';
import { problemText, requestIdOf } from '../problem.ts';
import { keyOf, prefetched, reading } from '../query.ts';
import { hasLayout, layoutOf, saidLayout, sameAsked, settingsOf, withLayout } from './table-settings.ts';

const inputOf = (pageType: TablePage) => ({ params: { pageType } });
const readingOf = (pageType: TablePage) => ({
  ...reading(tablePreferenceEndpoints.read, inputOf(pageType)), staleTime: Infinity,
});

/** For a load function: how the reader arranged the table, so that it is drawn so at once. */
export const tablePrefetched = (client: QueryClient, pageType: TablePage, fetching: typeof fetch): Promise<void> =>
  prefetched(client, tablePreferenceEndpoints.read, inputOf(pageType), { fetch: fetching });

/** After the next frame: what was arranged is shown before it is sent. A page that nobody sees draws none. */
const seen = (): Promise<void> =>
  new Promise(resolve => {
    if (document.hidden) resolve();
    else requestAnimationFrame(() => setTimeout(resolve));
  });

/**
 * How the reader arranged a table: changes show at once, and go back when they cannot be kept (CRM-107). The layout of
 * an open view lies over it: what is changed then is the view's, and saved with it when that is asked for.
 */
export class TableState implements TableControl {
  readonly pageType: TablePage;
  readonly #client: QueryClient;
  readonly #kept: () => TablePreference | null;
  readonly #view: () => SavedView | undefined;
  /** Not kept yet. */
  #draft = $state.raw<TableSettings | null>(null);
  /** How a view was arranged since it was opened. */
  #overView = $state.raw<{ id: string; layout: TableLayout } | null>(null);
  #sending: Promise<void> = Promise.resolve();

  constructor(
    pageType: TablePage, client: QueryClient, kept: () => TablePreference | null, view: () => SavedView | undefined,
  ) {
    this.pageType = pageType;
    this.#client = client;
    this.#kept = kept;
    this.#view = view;
  }

  get #own(): TableSettings { return this.#draft ?? settingsOf(this.#kept()); }
  get #changed(): TableLayout | null {
    return this.#overView?.id === this.#view()?.id ? (this.#overView?.layout ?? null) : null;
  }
  /** As the table is shown. */
  get settings(): TableSettings { return withLayout(this.#own, this.layout); }
  get layout(): TableLayout {
    const { settings } = this.#view() ?? {};
    return this.#changed ?? layoutOf(settings && hasLayout(settings) ? settings : this.#own);
  }
  /** Whether the open view was arranged since. */
  get viewChanged(): boolean { return this.#changed !== null; }
  get defaultViewId(): string | null { return this.#kept()?.defaultViewId ?? null; }

  change(next: TableLayout): void {
    const view = this.#view();
    if (view) this.#overView = { id: view.id, layout: saidLayout(next) };
    else this.#keep(withLayout(this.#own, next), {}, seen);
  }
  /** The view is as it was saved. */
  forgetChanges(): void {
    this.#overView = null;
  }
  /** Order and conditions, as the address has them; those of a view are its own. */
  remember(asked: Pick<TableSettings, 'sortSettings' | 'filterSettings'>): void {
    if (!this.#view() && !sameAsked(asked, this.#own)) this.#keep({ ...this.#own, ...asked }, {});
  }
  /** The view that the page opens with. */
  openWith(defaultViewId: string | null): void {
    this.#keep(this.#own, { defaultViewId });
  }

  #keep(next: TableSettings, more: { defaultViewId?: string | null }, first?: () => Promise<void>): void {
    this.#draft = next;
    // One after the other: an answer must not overtake a later change.
    this.#sending = this.#sending.then(first).then(() => this.#send(next, more));
  }

  async #send(next: TableSettings, more: { defaultViewId?: string | null }): Promise<void> {
    const input = inputOf(this.pageType);
    try {
      const answer = await call(tablePreferenceEndpoints.save, { ...input, body: { ...next, ...more } });
      this.#client.setQueryData(keyOf(tablePreferenceEndpoints.read, input), answer);
    } catch (failure) {
      notify.failed('The table could not be kept as you arranged it', {
        description: problemText(failure), requestId: requestIdOf(failure),
      });
    } finally {
      if (this.#draft === next) this.#draft = null;
    }
  }
}

export function useTable(pageType: TablePage): TableState {
  const read = createQuery(() => readingOf(pageType));
  const named = $derived(page.url.searchParams.get('view'));
  const views = createQuery(() => ({
    ...reading(savedViewEndpoints.list, { query: { pageType } }), enabled: browser && named !== null,
  }));
  const view = $derived(named === null ? undefined : views.data?.items.find(v => v.id === named));
  return new TableState(pageType, useQueryClient(), () => read.data?.data ?? null, () => view);
}
