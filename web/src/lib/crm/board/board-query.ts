import { Id } from '#domain/platform/id.ts';
import { withParams, type Address } from '#lib/platform/url-state.ts';

/** Which opportunities are looked at, however they are seen. */
export interface Looked {
  q?: string;
  ownerId?: string;
}

/** What the address of the board, the forecast or the table says: search, and whose. */
export function boardQueryOf(url: Address, me: string): Looked {
  const q = url.searchParams.get('q')?.trim();
  const owner = url.searchParams.get('whose') === 'mine' ? me : url.searchParams.get('ownerId');
  return { ...(q ? { q } : {}), ...(owner && Id.safeParse(owner).success ? { ownerId: owner } : {}) };
}
export const boardFollows = ['crm.opportunity', 'crm.account.', 'crm.contact.'] as const;

const bare = (pathname: string): Address => ({ pathname, searchParams: new URLSearchParams() });

/** The table of what a column of the board has, also beyond its cards; without a stage, of the whole board. */
export const tableOf = (stage: string | null, { q, ownerId }: Looked): string =>
  withParams(bare('/opportunities'), { stage, ownerId, q });

/** The board, or the forecast, of the same. */
export const viewOf = (view: 'board' | 'forecast', { q, ownerId }: Looked, me: string): string =>
  withParams(bare(`/opportunities/${view}`), ownerId === me ? { q, whose: 'mine' } : { q, ownerId });
