import { browser } from '$app/env';
import { redirect } from '@sveltejs/kit';
import type { QueryClient } from '@tanstack/svelte-query';
import type { TablePage } from '#domain/platform/table/table-preference.ts';
import { savedViewEndpoints, tablePreferenceEndpoints } from '#domain/platform/table/table.contract.ts';
import { reading } from '../query.ts';
import { withParams } from '../url-state.ts';
import { paramsOf } from './table-settings.ts';

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
 * (CRM-105). Within the list an address without conditions means none.
 */
export async function openAsKept({ client, fetch, url, pageType, names }: Opened): Promise<void> {
  const comes = !browser || location.pathname !== url.pathname;
  if (url.search || !comes) return;
  const input = { params: { pageType } };
  const read = { ...reading(tablePreferenceEndpoints.read, input, { fetch }), staleTime: Infinity };
  const kept = (await client.query(read).catch(() => null))?.data;
  if (!kept) return;
  const view = kept.defaultViewId ? await viewOf(client, fetch, pageType, kept.defaultViewId) : undefined;
  const params = paramsOf(view?.settings ?? kept, names);
  const to = withParams(url, { ...params, view: view?.id ?? null });
  if (to !== url.pathname) redirect(307, to);
}

async function viewOf(client: QueryClient, fetching: typeof fetch, pageType: TablePage, id: string) {
  const views = reading(savedViewEndpoints.list, { query: { pageType } }, { fetch: fetching });
  return (await client.query(views).catch(() => null))?.items.find(v => v.id === id);
}
