import { mailPreferenceEndpoints } from '#domain/platform/notification/mail-preference.contract.ts';
import { digestEndpoints } from '#domain/platform/notification/digest.contract.ts';
import { channelPreferenceEndpoints } from '#domain/platform/notification/channel.ts';
import { loaded } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { queryClient } = await parent();
  await Promise.all([
    loaded(queryClient, mailPreferenceEndpoints.read, {}, { fetch }),
    loaded(queryClient, digestEndpoints.read, {}, { fetch }),
    loaded(queryClient, channelPreferenceEndpoints.read, {}, { fetch }),
  ]);
  return { crumbs: [{ label: 'Notifications by mail' }] };
};
