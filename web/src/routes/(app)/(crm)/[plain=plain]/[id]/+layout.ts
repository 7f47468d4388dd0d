import { error } from '@sveltejs/kit';
import { Id } from '#domain/platform/id.ts';
import { shownText, type Row } from '#lib/crm/crm-module.ts';
import { plainModule } from '#lib/plain/plain-modules.ts';
import { loaded } from '#lib/platform/query.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params, parent, fetch }) => {
  if (!Id.safeParse(params.id).success) error(404, 'This page does not exist');
  const { queryClient } = await parent();
  const { record, follows, heading, href, title, noun } = plainModule(params.plain);
  const input = { params: { id: params.id } };
  const found = (await loaded(queryClient, record.endpoints.read, input, { fetch, follows: [...follows] })) as Row;
  return { crumbs: [{ label: heading, href }, { label: shownText(found[title]) ?? noun }] };
};
