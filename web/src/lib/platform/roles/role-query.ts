import type { Address } from '../url-state.ts';

/** What the address of the list asks the API for; a tenant has few roles. */
export function roleQuery(url: Address) {
  const get = (name: string): string | undefined => url.searchParams.get(name) ?? undefined;
  return { q: get('q'), sort: get('sort'), pageSize: 100 };
}
