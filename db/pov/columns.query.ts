import { sql, type Sql } from '../platform/sql.ts';

const snake = (name: string): string => name.replace(/[A-Z]/g, c => `_${c.toLowerCase()}`);

/** Output name → column, for fields that are columns of the same name. */
export const columnsOf = (
  alias: string,
  names: readonly string[],
  renamed: Record<string, string> = {},
): Record<string, Sql> =>
  Object.fromEntries(names.map(name => [name, sql.ref(`${alias}.${renamed[name] ?? snake(name)}`)]));

export const selected = (columns: Record<string, Sql>): Sql =>
  sql.join(Object.entries(columns).map(([name, column]) => sql`${column} as ${sql.ref(name)}`));

/** The rows of a select as one JSON list; instants in it still carry an offset. */
export const jsonList = (select: Sql): Sql => sql`(select coalesce(json_agg(t), '[]'::json) from (${select}) t)`;
export const jsonRow = (select: Sql): Sql => sql`(select to_json(t) from (${select}) t limit 1)`;

export const like = (text: string): string => `%${text.replace(/[\\%_]/g, '\\$&')}%`;
