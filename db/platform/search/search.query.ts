import type { Actor } from '../../../domain/platform/actor.ts';
import type { SearchFind, SearchGroup, SearchType } from '../../../domain/platform/search/search.contract.ts';
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
  /** What is shown beside the title, of the row `t`; where it names other records, to an actor. */
  hint: Sql | ((actor: Actor) => Sql);
  /** Of a part of a record: the record of the row `t`, as JSON, and whether that is still there. */
  of?: { record: Sql; there: Sql };
}

/** Without an id it says that there are more of the type. */
interface Candidate { id: string | null; type: SearchType; rank: number }
type Ranked = Candidate & { id: string };
interface Found { id: string; title: string; hint: string | null; body: string; of: SearchFind['of'] }

/** So many finds of a type are ranked, in each way to find them; more for whoever may see few of them. */
const rankedMax = 200,
  triedMax = 1000;
/** So many entries are looked up at once. */
const atOnceMax = 20_000;
/** From here on a candidate's name begins as was asked (`search_entries`). */
const beginsRank = 4;

export interface Wanted { q: string; types: readonly SearchType[] | undefined; limit: number }

/** Finds by type, the best first: of what the actor may see alone. */
export async function searchRecords(
  read: Reader, all: readonly Searched[], actor: Actor, { q, types, limit }: Wanted,
): Promise<SearchGroup[]> {
  const asked = all.filter(s => !types?.length || types.includes(s.type))
    .flatMap(s => {
      const visible = s.visible(actor);
      const hint = typeof s.hint === 'function' ? s.hint(actor) : s.hint;
      return visible === null ? [] : [{ ...s, visible, hint }];
    });
  if (!q || !asked.length) return [];
  // Of parts hardly anybody may see all, as they stand under records of many types: they cost the others nothing, as
  // what is hidden of a part’s first finds is made up for by a question of its own (`addTheirs`).
  const wholes = asked.filter(s => !s.of);
  const most = (wholes.length ? wholes : asked).every(s => s.visible === true) ? rankedMax : triedMax;
  const candidates = await read.rows<Candidate>(sql`
    select record_id as id, kind as type, max(rank) as rank
    from search_entries(${q}, ${asked.map(s => s.type)}::text[], ${most}::int) group by 1, 2`);
  const found = await foundAmong(read, asked, candidates, limit);
  await addTheirs(read, asked, candidates, { actor, q, limit, found });
  return asked.flatMap(({ type }, nth) => {
    const rows = found[nth]!;
    if (!rows.length) return [];
    const finds = rows.slice(0, limit).map(({ id, title, hint, body, of }) =>
      ({ id, title, hint: hint || null, snippet: snippetOf(q, title, body), of }));
    return [{ type, finds, more: rows.length > limit }];
  });
}

interface Asked extends Omit<Searched, 'visible' | 'hint'> { visible: Sql | true; hint: Sql }

/** One question for each type that has candidates; most have none. */
async function foundAmong(
  read: Reader, asked: readonly Asked[], candidates: readonly Candidate[], limit: number,
): Promise<Found[][]> {
  const ranked = asked.map(s => candidates.filter((c): c is Ranked => c.id !== null && c.type === s.type));
  const nths = asked.flatMap((_, nth) => (ranked[nth]!.length ? [nth] : []));
  if (!nths.length) return asked.map(() => []);
  const rows = await read.each<Found>(nths.map(nth => amongThese(asked[nth]!, ranked[nth]!, limit)));
  return asked.map((_, nth) => rows[nths.indexOf(nth)] ?? []);
}

/**
 * Where a type has more than its candidates, and the actor may see only some: their own rows, unless these candidates
 * show enough and none of them is better than another by its beginning.
 */
async function addTheirs(
  read: Reader, asked: readonly Asked[], candidates: readonly Candidate[],
  { actor, q, limit, found }: { actor: Actor; q: string; limit: number; found: Found[][] },
): Promise<void> {
  const nths = asked.flatMap(({ type, visible }, nth) => {
    const own = candidates.filter(c => c.type === type);
    const complete = own.every(c => c.id !== null);
    const enough = found[nth]!.length > limit && own.every(c => c.rank < beginsRank);
    return complete || visible === true || enough ? [] : [nth];
  });
  if (!nths.length) return;
  const queries = nths.map(nth => amongTheirs(asked[nth]!, asked[nth]!.among?.(actor), q, limit));
  // Each looks up thousands of entries: the database does so for several types at once.
  const theirs = await Promise.all(queries.map(query => read.rows<Found>(query)));
  for (const [i, nth] of nths.entries()) if (theirs[i]!.length) found[nth] = theirs[i]!;
}

/** Of the candidates, what the actor may see: their entries are looked up for those alone. */
const amongThese = ({ table, visible, hint, of }: Asked, candidates: readonly Ranked[], limit: number): Sql => sql`
  with seen as materialized (
    select t.id, c.rank
    from unnest(${candidates.map(c => c.id)}::uuid[], ${candidates.map(c => c.rank)}::real[]) c (id, rank)
    join ${sql.table(table)} t on t.id = c.id
    where t.deleted_at is null and ${of?.there ?? sql`true`} and ${visible === true ? sql`true` : visible})
  select e.record_id as id, e.title, ${hint} as hint, e.body, ${of?.record ?? sql`null`} as of
  from (select e.*, c.rank from seen c join search_entry e on e.record_id = c.id
    order by c.rank desc, length(e.name), e.recorded_at desc, e.record_id limit ${sql.lit(limit + 1)}) e
  join ${sql.table(table)} t on t.id = e.record_id
  order by e.rank desc, length(e.name), e.recorded_at desc, e.record_id`;

/**
 * Too many fit for all of them to be candidates: of what the actor may see, what fits. The entries are looked up by
 * their keys, the first of them all at once and what is beyond one by one until enough fit (`offset 0` says so), as the
 * planner takes the words for rarer than they are. So many of them are ranked.
 */
const amongTheirs = ({ table, visible, hint, of }: Asked, among: Sql | undefined, q: string, limit: number): Sql => {
  const seen = visible === true ? sql`true` : visible;
  const entries = sql`select e.record_id, e.title, e.body, e.name, e.recorded_at from search_entry e`;
  const fits = sql`(e.words @@ asked.words or position(asked.folded in e.content) > 0
    or position(${digitsOf(q)}::text in e.content) > 0)`;
  return sql`
  with asked as materialized (select folded, search_query(folded) as words from search_fold(${q}) folded),
    theirs as materialized (${among ?? sql`select t.id from ${sql.table(table)} t where ${seen}`}),
    fits as materialized (
      select distinct e.*, position(asked.folded in e.name) = 1 as begins from asked cross join lateral (
        (${entries} where e.record_id = any(array(select id from theirs limit ${sql.lit(atOnceMax)})) and ${fits})
        union all
        (select e.* from (select id from theirs offset ${sql.lit(atOnceMax)}) further
          cross join lateral (${entries} where e.record_id = further.id and ${fits} offset 0) e)
        limit ${sql.lit(triedMax)}) e)
  select e.record_id as id, e.title, ${hint} as hint, e.body, ${of?.record ?? sql`null`} as of
  from fits e join ${sql.table(table)} t on t.id = e.record_id
  where t.deleted_at is null and ${of?.there ?? sql`true`} and ${seen}
  order by e.begins desc, length(e.name), e.recorded_at desc, e.record_id
  limit ${sql.lit(limit + 1)}`;
};

/** Of a number that is written in any way, its digits (`search_entries` does the same). */
function digitsOf(q: string): string | null {
  const digits = q.replace(/\D/g, '');
  return /^[0-9 ()+./-]+$/.test(q) && digits.length > 2 ? digits : null;
}

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
