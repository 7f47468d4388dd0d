import { error } from '@sveltejs/kit';
import { scopeOf } from '#domain/platform/permission.ts';
import { webhookEndpoints } from '#domain/platform/webhook/webhook.contract.ts';
import { loaded } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { session, queryClient } = await parent();
  if (!scopeOf(session.permissions, 'webhook:read')) error(403, 'Your role may not see the webhooks.');
  await loaded(queryClient, webhookEndpoints.list, {}, { fetch, follows: ['platform.webhook.'] });
  return { crumbs: [{ label: 'Webhooks' }] };
};
