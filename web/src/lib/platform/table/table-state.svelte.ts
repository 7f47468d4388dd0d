import { createQuery, useQueryClient, type QueryClient } from '@tanstack/svelte-query';
import type { TablePage, TablePreference, TableSettings } from '#domain/platform/table/table-preference.ts';
import { tablePreferenceEndpoints } from '#domain/platform/table/table.contract.ts';
import { notify } from '#lib/ui/overlay/toast.ts';
import type { TableControl, TableLayout } from '#lib/ui/table/table-layout.ts';
import { call } from '../client.ts';
import { problemText, requestIdOf } from '../problem.ts';
import { keyOf, prefetched, reading } from '../query.ts';
import { layoutOf, sameAsked, settingsOf, withLayout } from './table-settings.ts';

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

/** How the reader arranged a table: changes show at once, and go back when they cannot be kept (CRM-107). */
export class TableState implements TableControl {
  readonly pageType: TablePage;
  readonly #client: QueryClient;
  readonly #kept: () => TablePreference | null;
  /** Not kept yet. */
  #draft = $state.raw<TableSettings | null>(null);
  #sending: Promise<void> = Promise.resolve();

  constructor(pageType: TablePage, client: QueryClient, kept: () => TablePreference | null) {
    this.pageType = pageType;
    this.#client = client;
    this.#kept = kept;
  }

  get settings(): TableSettings { return this.#draft ?? settingsOf(this.#kept()); }
  get layout(): TableLayout { return layoutOf(this.settings); }
  get defaultViewId(): string | null { return this.#kept()?.defaultViewId ?? null; }

  change(next: TableLayout): void {
    this.#keep(withLayout(this.settings, next), {}, seen);
  }
  /** Order and conditions, as the address has them. */
  remember(asked: Pick<TableSettings, 'sortSettings' | 'filterSettings'>): void {
    if (!sameAsked(asked, this.settings)) this.#keep({ ...this.settings, ...asked }, {});
  }
  /** The view that the page opens with. */
  openWith(defaultViewId: string | null): void {
    this.#keep(this.settings, { defaultViewId });
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
  return new TableState(pageType, useQueryClient(), () => read.data?.data ?? null);
}
