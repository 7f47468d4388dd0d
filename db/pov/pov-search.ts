import { scopeOf } from '../../domain/platform/permission.ts';
import type { Searched } from '../platform/search/search.query.ts';
import { sql } from '../platform/sql.ts';
import { visiblePovs } from './pov-scope.query.ts';

export const povSearched: Searched = {
  type: 'pov',
  table: 'pov',
  hint: sql`concat_ws(' · ', t.customer_name, initcap(replace(t.status, '_', ' ')))`,
  visible: actor => {
    const scope = scopeOf(actor.permissions, 'pov:read');
    return scope === null ? null : scope === 'all' ? true : visiblePovs(actor, 't');
  },
};
