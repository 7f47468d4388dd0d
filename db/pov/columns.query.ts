import { sql, type Sql } from '../platform/sql.ts';

/** The rows of a select as one JSON list; instants in it still carry an offset. */
export const jsonList = (select: Sql): Sql => sql`(select coalesce(json_agg(t), '[]'::json) from (${select}) t)`;
export const jsonRow = (select: Sql): Sql => sql`(select to_json(t) from (${select}) t limit 1)`;
