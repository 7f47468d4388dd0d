import { withParams, type Address } from '#lib/platform/url-state.ts';

/** What the address of the board says: search, and whose. */
export const boardQueryOf = (url: Address, me: string): { q?: string; ownerId?: string } => ({
  ...(url.searchParams.get('q')?.trim() ? { q: url.searchParams.get('q')!.trim() } : {}),
  ...(url.searchParams.get('whose') === 'mine' ? { ownerId: me } : {}),
});
export const boardFollows = ['crm.opportunity', 'crm.account.', 'crm.contact.'] as const;

/** The table of what a column of the board has, also beyond its cards. */
export const tableOf = (stage: string, { q, ownerId }: { q?: string; ownerId?: string }): string =>
  withParams({ pathname: '/opportunities', searchParams: new URLSearchParams() }, { stage, ownerId, q });
