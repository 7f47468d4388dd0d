import { standInTitle } from '../db/approvals/stand-in.query.ts';
import { deletedTitles } from '../db/crm/deleted-titles.ts';
import { deletableRecord, type Deletable } from '../db/platform/deleted/deleted-records.query.ts';
import { columnOf, sql, type Sql } from '../db/platform/sql.ts';
import { povDeletable } from '../db/pov/pov-deletable.ts';
import { records } from '../domain/index.ts';
import type { AnyRecord } from '../domain/platform/record.ts';

const titles: Record<string, Deletable['title']> = { ...deletedTitles, 'stand-in': standInTitle };

/** The title of what a record belongs to. */
function parentTitle({ belongsTo }: AnyRecord): { partOf?: Sql } {
  if (!belongsTo) return {};
  const title = records.find(r => r.tableName === belongsTo.table)?.title ?? 'title';
  return { partOf: sql`(select ${columnOf('o', title)} from ${sql.table(belongsTo.table)} o
    where o.id = ${columnOf('t', belongsTo.field)})` };
}

/** Register: what can be brought back after it was deleted. */
export const deletable: readonly Deletable[] = [
  ...records.map(record => deletableRecord(record, {
    ...parentTitle(record),
    ...(titles[record.name] ? { title: titles[record.name]! } : {}),
  })),
  ...povDeletable,
];
