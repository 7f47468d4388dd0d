import { crmSearched } from '../db/crm/crm-search.ts';
import { inventorySearched } from '../db/inventory/inventory-search.ts';
import type { Searched } from '../db/platform/search/search.query.ts';
import { searchedPart } from '../db/platform/search/searched-part.ts';
import { sql } from '../db/platform/sql.ts';
import { povSearched } from '../db/pov/pov-search.ts';
import { commentSubjects } from '../domain/crm/comment.ts';
import { attachmentSubjects } from '../domain/platform/attachment/attachment.ts';
import { searchTypes, type SearchType } from '../domain/platform/search/search.contract.ts';

const records: readonly Searched[] = [...crmSearched, ...inventorySearched, povSearched];
const of = (type: SearchType): Searched => records.find(r => r.type === type)!;

const parts: readonly Searched[] = [
  searchedPart({
    type: 'comment', table: 'crm_comment',
    of: commentSubjects.map(subject => ({ whole: of(subject), column: sql.ref(`t.${subject}_id`) })),
  }),
  searchedPart({
    type: 'file', table: 'attachment',
    of: attachmentSubjects.map(subject => ({
      whole: of(subject), column: sql`t.subject_id`, when: sql`t.subject = ${sql.lit(subject)}`,
    })),
  }),
];

/** Register: what the one search looks through, in the order in which it is shown. */
export const searched: readonly Searched[] = [...records, ...parts].sort(
  (a, b) => searchTypes.indexOf(a.type) - searchTypes.indexOf(b.type),
);
