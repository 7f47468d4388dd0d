import type { Actor } from '../../domain/platform/actor.ts';
import type { AnyRecord } from '../../domain/platform/record.ts';
import { inScope } from '../platform/record.query.ts';
import type { Reader } from '../platform/reader.ts';
import { columnOf, sql, type Sql } from '../platform/sql.ts';

/** What a field holds, and what that is called now in the rows that the actor may read: to choose from (CRM-009). */
export function fieldValues(
  read: Reader, record: AnyRecord, actor: Actor, { field, named }: { field: string; named?: Sql | undefined },
): Promise<{ value: string; label: string; count: number }[]> {
  const column = columnOf('t', field);
  const value = record.fields[field] === 'words' ? sql`unnest(${column})` : column;
  return read.rows(sql`
    select value, coalesce(max(name), value) as label, count(*)::int as count from (
      select ${value} as value, ${named ?? sql`null::text`} as name from ${sql.table(record.tableName)} t
      where t.deleted_at is null and ${inScope(record, actor, `${record.subject}:read`)}
    ) found where value is not null group by value order by count desc, value limit 200`);
}
