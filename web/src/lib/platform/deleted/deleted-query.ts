import { paramList, type Address } from '../url-state.ts';

export const pageSize = 50;

/** What the address of the page asks the API for. */
export function deletedQuery(url: Address) {
  const types = paramList(url, 'type');
  return {
    page: Math.max(1, Math.trunc(Number(url.searchParams.get('page'))) || 1),
    pageSize,
    q: url.searchParams.get('q') ?? undefined,
    sort: url.searchParams.get('sort') ?? undefined,
    ...(types.length ? { filter: { type: { in: types.join(',') } } } : {}),
  };
}
