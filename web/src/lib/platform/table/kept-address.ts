import { browser } from '$app/env';
import { redirect } from '@sveltejs/kit';
import type { QueryClient } from '@tanstack/svelte-query';
import type { TablePage } from '#domain/platform/table/table-preference.ts';
import { savedViewEndpoints, tablePreferenceEndpoints } from '#domain/platform/table/table.contract.ts';
import { reading } from '../query.ts';
import { withParams } from '../url-state.ts';
import { asksNothing, listPath, ofView, paramsOf } from './table-settings.ts';

interface Opened {
  client: QueryClient;
  fetch: typeof fetch;
  url: URL;
  pageType: TablePage;
  /** Parameters of the list's conditions. */
  names: readonly string[];
}

/**
 * A list that is come to without saying what of it opens as it was left, or with the view that was chosen for it
 * (CRM-105); an address that says a view alone, with what the view asks. Within the list an address without conditions
 * means none, also for a form over it and behind one that is closed.
 */
export async function openAsKept({ client, fetch, url, pageType, names }: Opened): Promise<void> {
  const comes = !browser || listPath(location.pathname) !== listPath(url.pathname);
  const named = url.searchParams.get('view');
  // Its columns are drawn at once, too.
  const open = named ? await viewOf(client, fetch, pageType, named) : undefined;
  const changes = comes || new URLSearchParams(location.search).get('view') !== named;
  if (open && changes && asksNothing(url, names)) {
    const page = url.searchParams.get('page');
    const to = withParams(url, { ...paramsOf(open.settings, ofView(names)), page });
    if (to !== withParams(url, { page })) redirect(307, to);
  }
  if (url.search || !comes) return;
  const input = { params: { pageType } };
  const read = { ...reading(tablePreferenceEndpoints.read, input, { fetch }), staleTime: Infinity };
  const kept = (await client.query(read).catch(() => null))?.data;
  if (!kept) return;
  const view = kept.defaultViewId ? await viewOf(client, fetch, pageType, kept.defaultViewId) : undefined;
  const params = view ? paramsOf(view.settings, ofView(names)) : paramsOf(kept, names);
  const to = withParams(url, { ...params, view: view?.id ?? null });
  if (to !== url.pathname) redirect(307, to);
}

async function viewOf(client: QueryClient, fetching: typeof fetch, pageType: TablePage, id: string) {
  const views = reading(savedViewEndpoints.list, { query: { pageType } }, { fetch: fetching });
  const known = browser ? client.getQueryData(views.queryKey)?.items.find(v => v.id === id) : undefined;
  return known ?? (await client.query(views).catch(() => null))?.items.find(v => v.id === id);
}
