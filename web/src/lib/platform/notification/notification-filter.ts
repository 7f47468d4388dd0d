import type { Address } from '../url-state.ts';

export const pageSize = 50;
/** What the address of the page asks the API for. */
export const notificationQuery = (url: Address) => ({
  page: Number(url.searchParams.get('page') ?? 1) || 1,
  pageSize,
  filter: { type: 'in_app', ...(url.searchParams.get('show') === 'unread' ? { unread: 'true' } : {}) },
});
