import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { matchOf, nextCompared, type Compared } from '../../db/crm/duplicate/scan.query.ts';
import { compileSql } from '../../db/platform/sql.ts';
import { possibleFrom } from '../../domain/crm/duplicate/match.ts';
import { scannedAtOnce } from '../../domain/crm/duplicate/scan.contract.ts';

/** Where a pass that was ended by the clock goes on. */
let last: string | null = null;

/**
 * A pass over all contacts, or as far as it comes: the same candidates by the same rule, without marks, events, rights
 * or a process.
 */
export async function scanContacts(
  pool: Pool, tenantId: string, { ms = Infinity }: { ms?: number },
): Promise<{ done: number; found: number }> {
  return within(pool, async db => {
    await db.query(`select set_config('app.tenant', $1, false)`, [tenantId]);
    await db.query(`create table if not exists found_by_hand (
      first_id uuid, second_id uuid, score int, reasons text[], primary key (first_id, second_id))`);
    let [done, found] = [0, 0];
    for (const end = performance.now() + ms; performance.now() < end;) {
      const { sql, parameters } = compileSql(nextCompared('contact', last, scannedAtOnce));
      const { rows } = await db.query<Compared>(sql, [...parameters]);
      last = rows.at(-1)?.id ?? null;
      if (!last) break;
      done += new Set(rows.map(row => row.id)).size;
      found += await keep(db, rows);
    }
    return { done, found };
  });
}

async function keep(db: PoolClient, rows: Compared[]): Promise<number> {
  const pairs = new Map<string, [string, string, number, string]>();
  for (const { id, values, otherId, other } of rows) {
    if (!otherId || !values || !other) continue;
    const { score, reasons } = matchOf('contact', values, other);
    const [first, second] = [id, otherId].sort() as [string, string];
    if (score >= possibleFrom) pairs.set(`${first} ${second}`, [first, second, score, reasons.join(', ')]);
  }
  const column = (n: 0 | 1 | 2 | 3): unknown[] => [...pairs.values()].map(pair => pair[n]);
  await db.query(`insert into found_by_hand select f, s, c, array[r]
    from unnest($1::uuid[], $2::uuid[], $3::int[], $4::text[]) p (f, s, c, r)
    on conflict (first_id, second_id) do update set score = excluded.score, reasons = excluded.reasons`,
    [column(0), column(1), column(2), column(3)]);
  return pairs.size;
}

/** All that refers to the one belongs to the other, with an audit row of each and an event, in one transaction. */
export async function mergeContact(
  pool: Pool, [tenantId, userId]: [string, string], [survivorId, mergedId]: [string, string],
): Promise<object> {
  return within(pool, async db => {
    await db.query('begin');
    const both = [survivorId, mergedId];
    await db.query('select id from contact where id = any($1::uuid[]) order by id for update', [both]);
    for (const { at, column } of await references(db))
      await db.query(`update ${at} set ${column} = $1 where ${column} = $2`, [survivorId, mergedId]);
    await db.query(`update contact set deleted_at = now(), merged_into_id = $1 where id = $2`, [survivorId, mergedId]);
    await db.query(`update contact s set updated_at = now(), version = s.version + 1,
      mobile = coalesce(s.mobile, m.mobile), job_title = coalesce(s.job_title, m.job_title)
      from contact m where s.id = $1 and m.id = $2`, [survivorId, mergedId]);
    await db.query(`insert into record_merge (id, tenant_id, created_at, updated_at, created_by, updated_by, subject,
      survivor_id, title, merged_ids, kept) values ($5, $1, now(), now(), $2, $2, 'contact', $3, 'By hand',
      array[$4::uuid], '{}')`, [tenantId, userId, survivorId, mergedId, randomUUID()]);
    await db.query(`insert into audit_log (id, tenant_id, created_at, user_id, actor, actor_name, action, table_name,
      record_id, verb, new_values) select gen_random_uuid(), $1, now(), $2, $3, 'Robin', 'UPDATE', 'contact', id,
      'merge-contacts', '{}' from unnest($4::text[]) id`,
      [tenantId, userId, `user:${userId}`, both]);
    await db.query(`insert into stream (entity_id, tenant_id, seq) values ($2, $1, 1)
      on conflict (entity_id) do update set seq = stream.seq + 1`, [tenantId, survivorId]);
    await db.query(`insert into outbox_event (tenant_id, name, entity_id, story_id, seq, payload, tells, summary, actor,
      actor_name, at, delivered_at) values ($1, 'bare', $2, $2, 1, $3, '[]', 'merged', $4, 'Robin', now(), now())`,
      [tenantId, survivorId, { mergedId }, `user:${userId}`]);
    await db.query('commit');
    return { id: survivorId };
  });
}

let known: { at: string; column: string }[] | undefined;
async function references(db: PoolClient): Promise<{ at: string; column: string }[]> {
  known ??= (await db.query<{ at: string; column: string }>(
    `select c.conrelid::regclass::text as at, a.attname::text as column
     from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[1]
     where c.contype = 'f' and c.confrelid = 'contact'::regclass and array_length(c.conkey, 1) = 1`,
  )).rows;
  return known;
}

async function within<T>(pool: Pool, work: (db: PoolClient) => Promise<T>): Promise<T> {
  const db = await pool.connect();
  try {
    return await work(db);
  } catch (error) {
    await db.query('rollback');
    throw error;
  } finally {
    db.release();
  }
}
