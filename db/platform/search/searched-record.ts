import { scopeOf } from '../../../domain/platform/permission.ts';
import type { AnyRecord } from '../../../domain/platform/record.ts';
import type { SearchType } from '../../../domain/platform/search/search.contract.ts';
import { idsInReach, inScope } from '../record.query.ts';
import type { Searched } from './search.query.ts';

/** A declared record as the search sees it: by the same scopes as its list. */
export const searchedRecord = (record: AnyRecord, type: SearchType, hint: Searched['hint']): Searched => ({
  type,
  table: record.tableName,
  hint,
  visible: actor => {
    const needs = `${record.subject}:read` as const;
    const scope = actor.kind === 'user' ? scopeOf(actor.permissions, needs) : 'all';
    if (scope === null) return null;
    const { belongsTo } = record;
    const ofAll = scope === 'all' && (!belongsTo || scopeOf(actor.permissions, belongsTo.reads) === 'all');
    return ofAll ? true : inScope(record, actor, needs);
  },
  among: actor => idsInReach(record, actor, `${record.subject}:read`),
});
