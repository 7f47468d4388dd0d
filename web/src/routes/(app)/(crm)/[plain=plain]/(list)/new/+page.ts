import { error } from '@sveltejs/kit';
import { scopeOf } from '#domain/platform/permission.ts';
import { plainModule } from '#lib/plain/plain-modules.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, parent }) => {
  const { session } = await parent();
  const { record, heading, href, plural } = plainModule(params.plain);
  if (!scopeOf(session.permissions, `${record.subject}:create`)) error(403, `Your role may not create ${plural}.`);
  return { crumbs: [{ label: heading, href }, { label: 'New' }] };
};
