import { error } from '@sveltejs/kit';
import type { QueryClient } from '@tanstack/svelte-query';
import { Id } from '#domain/platform/id.ts';
import { scopeOf } from '#domain/platform/permission.ts';
import { loaded } from '#lib/platform/query.ts';
import type { Crumb } from '#lib/platform/shell/crumbs.svelte.ts';
import { choiceLabel, shownText, type CrmModule, type Row } from '../crm-module.ts';

/** What stands around the page. */
interface Around {
  queryClient: QueryClient;
  session: { permissions: Parameters<typeof scopeOf>[0] };
}
type Of = Pick<CrmModule, 'record' | 'heading' | 'href' | 'title' | 'noun' | 'plural'>;

/** For the address of a change over its list: the record, for whoever may change it. */
export async function loadedForChange(
  { record, heading, href, title, noun, plural }: Of, id: string, parent: () => Promise<Around>, fetching: typeof fetch,
): Promise<{ crumbs: Crumb[] }> {
  if (!Id.safeParse(id).success) error(404, 'This page does not exist');
  const { session, queryClient } = await parent();
  if (!scopeOf(session.permissions, `${record.subject}:update`)) error(403, `Your role may not change ${plural}.`);
  const read = await loaded(queryClient, record.endpoints.read, { params: { id } }, { fetch: fetching });
  const found = { label: shownText((read as Row)[title]) ?? choiceLabel(noun), href: `${href}/${id}` };
  return { crumbs: [{ label: heading, href }, found, { label: 'Edit' }] };
}
