import { z } from 'zod';
import { Instant } from '../clock.ts';
import { Role } from '../role.ts';

/** Seconds that a message may be old, or early: an older one is somebody's copy. */
export const hookToleranceSeconds = 5 * 60;
/** Hours that the secret before the present one stays good. */
export const hookOverlapHours = 24;

/** How an identity service outside tells of people, as administrators see it (PLT-026). */
export const IdentityHook = z
  .object({
    active: z.boolean(),
    role: z.string().meta({ description: 'Of users that the service adds' }),
    url: z.string().meta({ description: 'Where the service is to send its events' }),
    hasSecret: z.boolean(),
    oldSecretUntil: z.union([Instant, z.null()]).meta({ description: 'Until when the secret before is good as well' }),
    lastEventAt: Instant.nullable(),
  })
  .meta({ id: 'IdentityHook' });
export type IdentityHook = z.output<typeof IdentityHook>;
export const ReplaceIdentityHook = z.object({ active: z.boolean(), role: Role }).meta({ id: 'ReplaceIdentityHook' });

export const userEventTypes = ['user.created', 'user.updated', 'user.deleted'] as const;
export type UserEventType = (typeof userEventTypes)[number];

const text = z.string().trim().max(255);
/** What services say of a person: plainly, or as those do who keep several addresses. */
const Told = z.looseObject({
  id: text.min(1, 'must name the user'),
  email: text.nullish(),
  name: text.nullish(),
  username: text.nullish(),
  first_name: text.nullish(),
  last_name: text.nullish(),
  primary_email_address_id: text.nullish(),
  email_addresses: z.array(z.looseObject({ id: text.nullish(), email_address: text })).max(100).nullish(),
});
export const UserEvent = z
  .looseObject({
    type: z.string().max(100).meta({ example: 'user.created' }),
    data: Told.meta({ example: { id: 'usr_4711', email: 'dana@example.com', name: 'Dana Okafor' } }),
  })
  .meta({ id: 'UserEvent' });
export type UserEvent = z.output<typeof UserEvent>;

export interface ToldPerson {
  externalId: string;
  email: string | null;
  fullName: string | null;
  username: string | null;
}

/** The person that an event is about. */
export function personOf({ data }: UserEvent): ToldPerson {
  const all = data.email_addresses ?? [];
  const primary = all.find(a => a.id && a.id === data.primary_email_address_id) ?? all[0];
  const email = (data.email || primary?.email_address || '').toLowerCase();
  const name = data.name || [data.first_name, data.last_name].filter(Boolean).join(' ');
  return { externalId: data.id, email: email || null, fullName: name || null, username: data.username || null };
}
