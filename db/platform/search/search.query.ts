import type { Actor } from '../../../domain/platform/actor.ts';
import type { SearchGroup, SearchType } from '../../../domain/platform/search/search.contract.ts';
import { snippetOf } from '../../../domain/platform/search/snippet.ts';
import type { Reader } from '../reader.ts';
import { sql, type Sql } from '../sql.ts';

/** A type of record that the search looks through. */
export interface Searched {
  type: SearchType;
  table: string;
  /** Which rows of the table, as `t`, the actor may see; null: none at all, `true`: all. */
  visible(actor: Actor): Sql | true | null;
  /** A statement whose ids all of those are among, where it finds them sooner than the condition does. */
  among?(actor: Actor): Sql;
  /** What is shown beside the title, of the row `t`. */
  hint: Sql;
}

interface Candidate { id: string; type: SearchType; rank: number }
interface Found { id: string; title: string; hint: string | null; body: string }

/** So many finds of each phase are ranked; where more fit, who may see few of them gets their own rows instead. */
const candidatesMax = 1000;

export interface Wanted { q: string; types: readonly SearchType[] | undefined; limit: number }

/** Finds by type, the best first: of what the actor may see alone. */
export async function searchRecords(
  read: Reader, all: readonly Searched[], actor: Actor, { q, types, limit }: Wanted,
): Promise<SearchGroup[]> {
  const asked = all.filter(s => !types?.length || types.includes(s.type))
    .flatMap(s => {
      const visible = s.visible(actor);
      return visible === null ? [] : [{ ...s, visible }];
    });
  if (!q || !asked.length) return [];
  const candidates = await read.rows<Candidate>(sql`
    select record_id as id, kind as type, max(rank) as rank
    from search_entries(${q}, ${asked.map(s => s.type)}::text[], ${candidatesMax}::int) group by 1, 2`);
  const complete = candidates.length < candidatesMax;
  const queries = asked.map(s => {
    const own = candidates.filter(c => c.type === s.type);
    return complete || s.visible === true ? amongThese(s, own, limit) : amongTheirs(s, s.among?.(actor), q, limit);
  });
  const found = await read.each<Found>(queries);
  return asked.flatMap(({ type }, nth) => {
    const rows = found[nth]!;
    if (!rows.length) return [];
    const finds = rows.slice(0, limit).map(({ id, title, hint, body }) =>
      ({ id, title, hint: hint || null, snippet: snippetOf(q, title, body) }));
    return [{ type, finds, more: rows.length > limit }];
  });
}

interface Asked extends Omit<Searched, 'visible'> { visible: Sql | true }

/** Of the candidates, what the actor may see. */
const amongThese = ({ table, visible, hint }: Asked, candidates: readonly Candidate[], limit: number): Sql => sql`
  select e.record_id as id, e.title, ${hint} as hint, e.body
  from unnest(${candidates.map(c => c.id)}::uuid[], ${candidates.map(c => c.rank)}::real[]) c (id, rank)
  join search_entry e on e.record_id = c.id join ${sql.table(table)} t on t.id = c.id
  where t.deleted_at is null and ${visible === true ? sql`true` : visible}
  order by c.rank desc, length(e.name), e.recorded_at desc, e.record_id limit ${sql.lit(limit + 1)}`;

/**
 * Too many fit for all of them to be candidates: of what the actor may see, what fits. The entries are looked up one by
 * one (`offset 0` says so), as the planner takes the words for rarer than they are.
 */
const amongTheirs = ({ table, visible, hint }: Asked, among: Sql | undefined, q: string, limit: number): Sql => {
  const seen = visible === true ? sql`true` : visible;
  return sql`
  with asked as materialized (select folded, search_query(folded) as words from search_fold(${q}) folded),
    theirs as materialized (${among ?? sql`select t.id from ${sql.table(table)} t where ${seen}`}),
    fits as materialized (
      select e.*, position(asked.folded in e.name) = 1 as begins from asked cross join theirs cross join lateral (
        select e.record_id, e.title, e.body, e.name, e.recorded_at from search_entry e where e.record_id = theirs.id
          and (e.words @@ asked.words or position(asked.folded in e.content) > 0) offset 0) e)
  select e.record_id as id, e.title, ${hint} as hint, e.body
  from fits e join ${sql.table(table)} t on t.id = e.record_id
  where t.deleted_at is null and ${seen}
  order by e.begins desc, length(e.name), e.recorded_at desc, e.record_id
  limit ${sql.lit(limit + 1)}`;
};

/** Whether the actor may read this record, and it is there. */
export async function mayRead(
  read: Reader, { table, visible }: Pick<Searched, 'table' | 'visible'>, actor: Actor, id: string,
): Promise<boolean> {
  const seen = visible(actor);
  if (seen === null) return false;
  const row = await read.row(sql`select 1 from ${sql.table(table)} t
    where t.id = ${id}::uuid and t.deleted_at is null and ${seen === true ? sql`true` : seen}`);
  return row !== undefined;
}
