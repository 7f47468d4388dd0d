import type { z } from 'zod';
import type { ApiKey } from '#domain/platform/identity/api-key.ts';
import type { Address } from '../url-state.ts';

export type KeyRow = z.output<typeof ApiKey>;
export const pageSize = 50;

/** How a key stands. Keys live in the machine's time, also where the clock of a sandbox was moved. */
export function keyStanding({ revokedAt, expiresAt }: KeyRow, now: number): 'active' | 'expired' | 'revoked' {
  if (revokedAt) return 'revoked';
  return expiresAt && Date.parse(expiresAt) <= now ? 'expired' : 'active';
}

/** What the address of the page asks the API for; `userId` narrows it to the keys of one person. */
export function keyQuery(url: Address, userId: string | null) {
  const get = (name: string): string | undefined => url.searchParams.get(name) ?? undefined;
  const [state, user] = [get('state') ?? 'active', userId ?? get('user')];
  return {
    q: get('q'),
    sort: get('sort'),
    page: Number(get('page') ?? 1) || 1,
    pageSize,
    filter: {
      ...(user ? { userId: user } : {}),
      ...(state === 'all' ? {} : { active: state === 'ended' ? 'false' : 'true' }),
    },
  };
}

const day = 24 * 3_600_000;
/** How long a key may live, in days; the empty one is for ever. */
export const lifetimes = [
  { value: '7', label: '7 days' },
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'One year' },
  { value: 'never', label: 'Never' },
];
export const expiryOf = (days: string, now: number): string | undefined =>
  days === 'never' ? undefined : new Date(now + Number(days) * day).toISOString();
