import { z } from 'zod';
import { endpoint, event } from '../contract.ts';
import { Id } from '../id.ts';
import { isMailable, mailable, type MailableEvent } from './mail-preference.ts';

/** How a message leaves the product. */
export const channels = ['email', 'sms', 'slack', 'webhook'] as const;
export type ChannelName = (typeof channels)[number];
/** Those whose address people enter themselves; mails go to the one they sign in with. */
export const ownChannels = ['sms', 'slack', 'webhook'] as const;
export type OwnChannel = (typeof ownChannels)[number];

const Events = z.array(z.string().max(100)).max(100)
  .refine(names => names.every(isMailable), `must be some of ${Object.keys(mailable).join(', ')}`)
  .transform((names): MailableEvent[] => [...new Set(names)].filter(isMailable).sort());
const url = z.url({ protocol: /^https?$/, error: 'must be a web address' }).max(500);
const kept = (address: z.ZodType<string, string>) => z.object({ address: address.nullable(), events: Events })
  .refine(({ address: to, events }) => to !== null || events.length === 0, {
    path: ['address'], message: 'is needed: there are events to tell of',
  });

/** What somebody is told of by other channels than the product and mail (PLT-073). */
export const ChannelPreferences = z
  .object({
    sms: kept(z.string().trim().regex(/^\+[1-9]\d{6,14}$/, 'must be a phone number such as +14155550100')),
    slack: kept(url),
    webhook: kept(url),
  })
  .partial()
  .meta({ id: 'ChannelPreferences', example: { sms: { address: '+14155550100', events: ['approval-request'] } } });
export type ChannelPreferences = z.output<typeof ChannelPreferences>;
const Kept = z.object({ address: z.string().nullable(), events: z.array(z.string()) });
const Shown = z.object({ sms: Kept, slack: Kept, webhook: Kept }).meta({ id: 'KeptChannels' });
export type ShownChannels = z.output<typeof Shown>;

const nothing = { address: null, events: [] };
export const allChannels = (kept: ChannelPreferences): ShownChannels => ({
  sms: nothing, slack: nothing, webhook: nothing, ...kept,
});

const path = '/api/channel-preferences';
export const channelPreferenceEndpoints = {
  read: endpoint({
    method: 'GET', path, needs: 'signed-in', returns: Shown, summary: 'What I am told by text message, Slack, webhook',
  }),
  keep: endpoint({
    method: 'PUT', path, needs: 'signed-in', body: ChannelPreferences, returns: Shown,
    summary: 'Choose what I am told by text message, Slack, webhook; channels that are not named stay as they are',
  }),
};

/** Only its owner hears of it. */
export const channelPreferencesKept = event({
  name: 'platform.channel-preferences.kept',
  payload: z.object({ userId: Id, channels: z.array(z.enum(ownChannels)) }),
  entity: p => p.userId,
  concerns: p => [p.userId],
  says: p => `chose what comes by ${p.channels.join(', ')}`,
});
