import { z } from 'zod';
import { Instant } from '../clock.ts';
import { line } from '../field.ts';
import { Id } from '../id.ts';

/** So many has a tenant: each change asks which of them want to know. */
export const webhooksMax = 50;
/** One that takes nothing for so long is switched off (PLT-067). */
export const failingDaysMax = 3;

export const webhookStatuses = ['queued', 'delivered', 'failed'] as const;
export type WebhookStatus = (typeof webhookStatuses)[number];

const EventName = z.string().max(100).regex(
  /^(\*|[a-z][a-z0-9-]*(\.[a-z][a-z0-9-]*)*(\.\*)?)$/, 'must be the name of an event, or the beginning of one and .*',
);
const sent = {
  url: z.url({ protocol: /^https?$/, error: 'must be a web address' }).max(500)
    .refine(url => !URL.canParse(url) || !new URL(url).username, 'must hold no password')
    .meta({ title: 'Address', example: 'https://example.com/hooks' }),
  events: z.array(EventName).min(1, 'must name at least one event').max(50)
    .transform(names => [...new Set(names)])
    .meta({ title: 'Events', example: ['crm.contact.created', 'pov.*'] }),
  description: line(200).nullable().optional().meta({ title: 'What it is for' }),
  active: z.boolean().default(true),
};
const Secret = z.string().regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'must be whsec_ and a key in base64');
export const CreateWebhook = z
  .object({ ...sent, secret: Secret.optional().meta({ description: 'Made up unless said' }) })
  .meta({ id: 'CreateWebhook' });
export const PatchWebhook = z.object({ ...sent, active: z.boolean() }).partial().meta({ id: 'PatchWebhook' });

/** Somebody outside who is told of events (PLT-067). */
export const Webhook = z
  .object({
    id: Id, url: z.string(), events: z.array(z.string()), description: z.string().nullable(), active: z.boolean(),
    failingSince: Instant.nullable().meta({ description: 'Since when nothing was taken there' }),
    switchedOff: z.string().nullable().meta({ description: 'Why the product switched it off' }),
    createdAt: Instant,
  })
  .meta({ id: 'Webhook' });
export type Webhook = z.output<typeof Webhook>;

/** One try to tell of an event. */
export const WebhookDelivery = z
  .object({
    id: Id, messageId: Id.meta({ description: 'The same for each try: `webhook-id`' }), event: z.string(),
    attempt: z.int(), at: Instant, statusCode: z.int().nullable(), problem: z.string().nullable(),
    durationMs: z.int(), state: z.enum(webhookStatuses).meta({ description: 'Of the message by now' }),
  })
  .meta({ id: 'WebhookDelivery' });
export type WebhookDelivery = z.output<typeof WebhookDelivery>;

/** What a subscription may call an event by: `crm.contact.created`, `crm.contact.*`, `crm.*`, `*`. */
export function namesOf(name: string, aliases: readonly string[] = []): string[] {
  const wider = (full: string): string[] => {
    const words = full.split('.');
    return [full, ...words.slice(0, -1).map((_, i) => `${words.slice(0, i + 1).join('.')}.*`)];
  };
  return [...new Set([name, ...aliases].flatMap(wider)), '*'];
}

const ofThisMachine = /(^|\.)(localhost|local|internal|home\.arpa)$/;
/** Why an address is none outside, as far as it says so itself; what its name stands for is seen when it is asked. */
export function whyNotOutside(url: string, isPrivate: (address: string) => boolean): string | undefined {
  const { protocol, hostname } = new URL(url);
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  if (ofThisMachine.test(host) || (isAddress(host) && isPrivate(host)))
    return 'must not lie in a private network';
  return protocol === 'https:' ? undefined : 'must begin with https://';
}
/** URL writes each IPv4 address, also `127.1` and `0x7f000001`, as four numbers. */
const isAddress = (host: string): boolean => /^[\d.]+$/.test(host) || host.includes(':');
