import type { Actor } from '../../../domain/platform/actor.ts';
import type { AnyRecord } from '../../../domain/platform/record.ts';
import { inScope } from '../record.query.ts';
import type { Reader } from '../reader.ts';
import { sql } from '../sql.ts';

/** A table whose rows other records name. */
export interface Nameable {
  table: string;
  title: string;
  /** Named to those who may read it; without it, to everybody. */
  record?: AnyRecord;
  /** Named by a key in this field of others, and not by its id. */
  keyOf?: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What the reader may know these by, by the id or key that a field holds; who may not is told nothing. */
export async function namesOf(
  read: Reader, actor: Actor, nameable: readonly Nameable[], held: readonly { field: string; value: unknown }[],
): Promise<ReadonlyMap<string, string>> {
  const texts = held.filter((h): h is { field: string; value: string } => typeof h.value === 'string');
  const ids = [...new Set(texts.map(({ value }) => value).filter(value => uuid.test(value)))];
  const selects = nameable.flatMap(({ table, title, record, keyOf }) => {
    const keys = texts.filter(({ field }) => field === keyOf).map(({ value }) => value);
    if (!(keyOf ? keys : ids).length) return [];
    const meant = keyOf ? sql`t.key = any(${keys}::text[])` : sql`t.id = any(${ids}::uuid[])`;
    return [sql`select ${keyOf ? sql`t.key::text` : sql`t.id::text`} as id, ${sql.ref(`t.${title}`)}::text as name
      from ${sql.table(table)} t
      where ${meant} and ${record ? inScope(record, actor, `${record.subject}:read`) : sql`true`}`];
  });
  if (!selects.length) return new Map();
  const rows = await read.rows<{ id: string; name: string }>(sql.join(selects, sql` union all `));
  return new Map(rows.map(({ id, name }) => [id, name]));
}
