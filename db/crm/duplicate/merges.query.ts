import { undoDays, type Merge } from '../../../domain/crm/duplicate/merge.contract.ts';
import type { Reader } from '../../platform/reader.ts';
import { sql } from '../../platform/sql.ts';

const most = 50;

/** The latest merges, or those into one record, newest first. */
export const mergesOf = (read: Reader, recordId?: string): Promise<Merge[]> =>
  read.rows<Merge>(sql`
    select m.id, m.subject, m.survivor_id as "survivorId", m.title, m.created_at as "createdAt",
      m.created_at + make_interval(days => ${sql.lit(undoDays)}) as "undoUntil", m.undone_at as "undoneAt",
      (select u.full_name from app_user u where u.id = m.created_by) as "createdByName",
      (select jsonb_agg(jsonb_build_object('id', i.id, 'title', coalesce(c.full_name, a.account_name, ''))
          order by i.nth)
        from unnest(m.merged_ids) with ordinality i (id, nth)
        left join contact c on c.id = i.id left join account a on a.id = i.id) as merged
    from record_merge m where m.deleted_at is null
      and ${recordId ? sql`m.survivor_id = ${recordId}::uuid` : sql`true`}
    order by m.created_at desc, m.id desc limit ${sql.lit(most)}`);
