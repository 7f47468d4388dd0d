import { openedChannels } from '../../../activities/platform/notification/channels-of-user.ts';
import { keepChannelPreferences } from '../../../activities/platform/notification/keep-channel-preferences.ts';
import { channelsOf } from '../../../db/platform/notifications.query.ts';
import type { Reader } from '../../../db/platform/reader.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import {
  allChannels, channelPreferenceEndpoints, type ShownChannels,
} from '../../../domain/platform/notification/channel.ts';
import { assertOutside } from '../webhook/outside-address.ts';
import { serve } from '../serve.ts';

const shown = async (read: Reader, { tenantId, userId }: Actor): Promise<ShownChannels> =>
  allChannels(openedChannels(tenantId, userId ?? '', await channelsOf(read, userId)));

export const channelPreferenceRoutes = serve(channelPreferenceEndpoints, {
  read: ({ read, actor }) => shown(read, actor),
  keep: async ({ run, body, read, actor, services: { config } }) => {
    for (const channel of ['slack', 'webhook'] as const)
      assertOutside(body[channel]?.address, `${channel}/address`, config);
    await run(keepChannelPreferences, body);
    return shown(read, actor);
  },
});
