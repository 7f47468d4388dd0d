import { searchRecords } from '../../../db/platform/search/search.query.ts';
import { searchEndpoints } from '../../../domain/platform/search/search.contract.ts';
import { searched } from '../../searched.ts';
import { serve } from '../serve.ts';

export const searchRoutes = serve(searchEndpoints, {
  search: async ({ read, actor, query: { q, types, limit } }) => ({
    groups: await searchRecords(read, searched, actor, { q, types, limit }),
  }),
});
