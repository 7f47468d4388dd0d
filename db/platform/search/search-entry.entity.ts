import { defineEntity, p } from '@mikro-orm/core';
import { searchTypes, type SearchType } from '../../../domain/platform/search/search.contract.ts';
import { oneOf, tenantOwned } from '../columns.ts';

/** What a record is found by, kept by a trigger of its table (`keep-entry.ts`). */
const SearchEntrySchema = defineEntity({
  name: 'SearchEntry',
  tableName: 'search_entry',
  properties: {
    recordId: p.uuid().primary(),
    tenantId: p.uuid(),
    type: p.string().$type<SearchType>().length(20),
    title: p.text(),
    /** The rest of its text, as people wrote it. */
    body: p.text(),
    /** The title, folded: no case, no accents. */
    name: p.text(),
    /** Title and rest, folded, and phone numbers by their digits alone. */
    content: p.text(),
    words: p.text().columnType('tsvector'),
    recordedAt: p.datetime().defaultRaw('now()'),
  },
  indexes: [{ properties: ['tenantId', 'type', 'recordedAt'] }],
  checks: [{ name: 'search_entry_type_check', expression: oneOf('type', searchTypes) }],
  ...tenantOwned,
});
export class SearchEntry extends SearchEntrySchema.class {}
SearchEntrySchema.setClass(SearchEntry);
