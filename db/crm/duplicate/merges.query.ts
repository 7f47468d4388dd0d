import { accounts } from '../../../domain/crm/account.ts';
import { contacts } from '../../../domain/crm/contact.ts';
import { undoDays, type Merge } from '../../../domain/crm/duplicate/merge.contract.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import type { AnyRecord } from '../../../domain/platform/record.ts';
import { inScope } from '../../platform/record.query.ts';
import type { Reader } from '../../platform/reader.ts';
import { sql, type Sql } from '../../platform/sql.ts';

const most = 50;

/** The records of a merge `m` with that id, as far as the actor may read them; deleted ones too. */
const readable = (actor: Actor, id: Sql): Sql => {
  const row = (record: AnyRecord, title: Sql): Sql => sql`select t.id, ${title} as title
    from ${sql.table(record.tableName)} t where m.subject = ${sql.lit(record.name)} and t.id = ${id}
      and ${inScope(record, actor, `${record.subject}:read`)}`;
  return sql`(${row(contacts, sql`t.full_name`)} union all ${row(accounts, sql`t.account_name`)})`;
};

/** The latest merges, or those into one record, newest first: of records that the actor may read. */
export const mergesOf = (read: Reader, actor: Actor, recordId?: string): Promise<Merge[]> =>
  read.rows<Merge>(sql`
    select m.id, m.subject, m.survivor_id as "survivorId", m.title, m.created_at as "createdAt",
      m.created_at + make_interval(days => ${sql.lit(undoDays)}) as "undoUntil", m.undone_at as "undoneAt",
      (select u.full_name from app_user u where u.id = m.created_by) as "createdByName",
      (select coalesce(jsonb_agg(jsonb_build_object('id', r.id, 'title', r.title) order by i.nth), '[]')
        from unnest(m.merged_ids) with ordinality i (id, nth)
        cross join lateral ${readable(actor, sql`i.id`)} r) as merged
    from record_merge m where m.deleted_at is null
      and ${recordId ? sql`m.survivor_id = ${recordId}::uuid` : sql`true`}
      and exists ${readable(actor, sql`m.survivor_id`)}
    order by m.created_at desc, m.id desc limit ${sql.lit(most)}`);
