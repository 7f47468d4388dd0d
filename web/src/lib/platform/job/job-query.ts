import type { Address } from '#lib/platform/url-state.ts';

export const jobListQuery = (url: Address) => ({
  page: Math.max(1, Math.trunc(Number(url.searchParams.get('page'))) || 1),
  pageSize: 50,
  sort: url.searchParams.get('sort') ?? undefined,
});
