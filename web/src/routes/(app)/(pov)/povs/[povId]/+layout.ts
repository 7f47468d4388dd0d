import { error } from '@sveltejs/kit';
import { Id } from '#domain/platform/id.ts';
import { loaded, prefetched } from '#lib/platform/query.ts';
import { instanceInput, latestApproval, ofPov } from '#lib/pov/page/pov-reading.ts';
import type { LayoutLoad } from './$types';

/** The POV must be there; what stands around it may come later. */
export const load: LayoutLoad = async ({ params, parent, fetch }) => {
  if (!Id.safeParse(params.povId).success) error(404, 'This page does not exist');
  const { queryClient } = await parent();
  const { pov, process, transitions } = ofPov(params.povId);
  const around = [prefetched(queryClient, ...process, { fetch }), prefetched(queryClient, ...transitions, { fetch })];
  const found = await loaded(queryClient, ...pov, { fetch });
  const approval = latestApproval(found);
  if (approval) around.push(prefetched(queryClient, ...instanceInput(approval.id), { fetch }));
  await Promise.all(around);
  return { crumbs: [{ label: 'POVs', href: '/povs' }, { label: found.title }] };
};
