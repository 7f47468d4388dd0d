import type { Actor } from '../../../domain/platform/actor.ts';
import type { SearchType } from '../../../domain/platform/search/search.contract.ts';
import { sql, type Sql } from '../sql.ts';
import type { Searched } from './search.query.ts';

/** A kind of record that a part may belong to: the column of the row `t` that has its id, where `when` says so. */
export interface PartOf { whole: Searched; column: Sql; when?: Sql }

/** What stands under a record, such as a comment: found by whoever may read the record, while that is there. */
export function searchedPart(
  { type, table, of: kinds }: { type: SearchType; table: string; of: readonly PartOf[] },
): Searched {
  const of = kinds.map(kind => ({
    ...kind, id: kind.when ? sql`case when ${kind.when} then ${kind.column} end` : kind.column,
  }));
  const seenOf = (actor: Actor) =>
    of.flatMap(kind => {
      const visible = kind.whole.visible(actor);
      return visible === null ? [] : [{ ...kind, visible }];
    });
  const wholeId = sql`coalesce(${sql.join(of.map(o => o.id), sql`, `)})`;
  return {
    type,
    table,
    hint: sql`(select w.title from search_entry w where w.record_id = ${wholeId})`,
    of: {
      record: sql`json_build_object('id', ${wholeId}, 'type', case ${sql.join(
        of.map(({ whole, id }) => sql`when ${id} is not null then ${sql.lit(whole.type)}`), sql` `)} end)`,
      there: any(of.map(({ whole, id }) => isThere(whole.table, id))),
    },
    visible: actor => {
      const seen = seenOf(actor);
      if (!seen.length) return null;
      if (seen.length === of.length && seen.every(s => s.visible === true)) return true;
      return any(seen.map(({ whole, id, visible }) => isThere(whole.table, id, given(visible))));
    },
    among: actor => sql.join(
      seenOf(actor).map(({ whole, column, when, visible }) => {
        const ofAll = sql`select t.id from ${sql.table(whole.table)} t where ${given(visible)}`;
        const wholes = whole.among?.(actor) ?? ofAll;
        return sql`select t.id from ${sql.table(table)} t where ${when ?? sql`true`} and ${column} in (${wholes})`;
      }),
      sql` union all `,
    ),
  };
}

const given = (visible: Sql | true): Sql => (visible === true ? sql`true` : visible);
const any = (conditions: readonly Sql[]): Sql => sql`(${sql.join([...conditions], sql` or `)})`;
/** In the brackets `t` is the record; the id is of the row outside, so it is named before. */
const isThere = (table: string, id: Sql, condition: Sql = sql`true`): Sql => sql`exists (
  select 1 from (select ${id} as wanted) w join ${sql.table(table)} t on t.id = w.wanted
  where t.deleted_at is null and ${condition})`;
