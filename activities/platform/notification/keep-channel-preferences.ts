import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { User } from '../../../db/platform/identity/user.entity.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import {
  ChannelPreferences, channelPreferencesKept, ownChannels,
} from '../../../domain/platform/notification/channel.ts';
import { verb } from '../verb.ts';
import { openedChannels, sealedChannels } from './channels-of-user.ts';

/** Keeps by which further channels the actor is told of what, and where (PLT-073). */
export const keepChannelPreferences = verb(
  { name: 'keep-channel-preferences', needs: 'signed-in', input: ChannelPreferences, output: z.object({}) },
  async ({ em, actor, tenantId, emit }, sent) => {
    const mine = { id: actor.userId ?? '', deletedAt: null };
    const user = actor.userId && (await em.findOne(User, mine, { lockMode: LockMode.PESSIMISTIC_WRITE }));
    if (!user) throw notFound();
    const before = openedChannels(tenantId, user.id, user.channelsCipher);
    const channels = ownChannels.filter(c => sent[c] && JSON.stringify(sent[c]) !== JSON.stringify(before[c]));
    if (!channels.length) return {};
    user.channelsCipher = sealedChannels(tenantId, user.id, { ...before, ...sent });
    emit(channelPreferencesKept, { userId: user.id, channels });
    return {};
  },
);
