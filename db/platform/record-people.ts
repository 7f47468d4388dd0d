import type { RecordSource } from './record.query.ts';
import { sql, type Sql } from './sql.ts';

/** The name of the user whose id stands in a column of the row. */
export const userName = (column: string): Sql =>
  sql`(select u.full_name from app_user u where u.id = ${sql.ref(`t.${column}`)})`;

/** Who made and changed a row, by name. */
export const people = { createdByName: userName('created_by'), updatedByName: userName('updated_by') };

/** Names beside the ids of a record, to be sorted and filtered by, and who made and changed it. */
export const sourceOf = (names: Record<string, Sql>): RecordSource => ({
  shown: { ...names, ...people },
  fields: Object.fromEntries(
    Object.entries(names).map(([field, named]) => [field, { sql: named, kind: 'text' as const, nullable: true }]),
  ),
});
