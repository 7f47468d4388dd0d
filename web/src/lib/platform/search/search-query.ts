import { searchTypes, type SearchType } from '#domain/platform/search/search.contract.ts';
import type { Address } from '../url-state.ts';

/** The type that the address asks for; all of them without one. */
export const searchedType = (url: Address): SearchType | undefined =>
  searchTypes.find(type => type === url.searchParams.get('type'));

/** What the address of the page asks the API for: few of each type, or many of one. */
export function searchQuery(url: Address): { q: string; types?: string; limit: number } {
  const type = searchedType(url);
  const q = (url.searchParams.get('q') ?? '').slice(0, 200);
  return type ? { q, types: type, limit: 50 } : { q, limit: 8 };
}
