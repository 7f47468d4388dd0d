import { crmSearched } from '../db/crm/crm-search.ts';
import { productSearched } from '../db/inventory/product-search.ts';
import type { Searched } from '../db/platform/search/search.query.ts';
import { povSearched } from '../db/pov/pov-search.ts';
import { searchTypes } from '../domain/platform/search/search.contract.ts';

/** Register: what the one search looks through, in the order in which it is shown. */
export const searched: readonly Searched[] = [...crmSearched, productSearched, povSearched].sort(
  (a, b) => searchTypes.indexOf(a.type) - searchTypes.indexOf(b.type),
);
