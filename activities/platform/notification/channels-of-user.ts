import type { ChannelPreferences } from '../../../domain/platform/notification/channel.ts';
import { secrets } from '../secret-box.ts';

const contextOf = (tenantId: string, userId: string): string => `channels ${tenantId} ${userId}`;

/** Whoever knows the address of a webhook can write there: kept as cipher text. */
export const sealedChannels = (tenantId: string, userId: string, channels: ChannelPreferences): string =>
  secrets().seal(JSON.stringify(channels), contextOf(tenantId, userId));
export const openedChannels = (tenantId: string, userId: string, cipher?: string | null): ChannelPreferences =>
  cipher ? (JSON.parse(secrets().open(cipher, contextOf(tenantId, userId))) as ChannelPreferences) : {};
