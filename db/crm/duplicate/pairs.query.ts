import { accounts } from '../../../domain/crm/account.ts';
import { contacts } from '../../../domain/crm/contact.ts';
import { pairStatuses } from '../../../domain/crm/duplicate/duplicate.contract.ts';
import type { DuplicatePair, DuplicateScan } from '../../../domain/crm/duplicate/scan.contract.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import type { ListQuery } from '../../../domain/platform/list.ts';
import type { AnyRecord } from '../../../domain/platform/record.ts';
import { listRows, type ListAnswer } from '../../platform/list.query.ts';
import { inScope } from '../../platform/record.query.ts';
import type { Reader } from '../../platform/reader.ts';
import { columnsOf, sql, type Sql } from '../../platform/sql.ts';

const aboutContact = sql`nullif(concat_ws(' · ', t.job_title,
  (select a.account_name from account a where a.id = t.account_id), t.email_address), '')`;
const aboutAccount = sql`nullif(concat_ws(' · ', t.industry,
  nullif(concat_ws(', ', t.shipping_city, t.shipping_country), ''), t.website_url), '')`;

/** One side of a pair, as far as the actor may read it: otherwise nothing. */
const side = (actor: Actor, id: Sql): Sql => {
  const row = (record: AnyRecord, title: Sql, about: Sql): Sql => sql`
    select jsonb_build_object('id', t.id, 'title', ${title}, 'about', ${about}) as shown
    from ${sql.table(record.tableName)} t
    where d.subject = ${sql.lit(record.name)} and t.id = ${id} and t.deleted_at is null
      and ${inScope(record, actor, `${record.subject}:read`)}`;
  return sql`(${row(contacts, sql`t.full_name`, aboutContact)}
    union all ${row(accounts, sql`t.account_name`, aboutAccount)})`;
};

/** The queue, the likeliest first; without a word on it, what is still open. */
export function listPairs(read: Reader, actor: Actor, query: ListQuery): Promise<ListAnswer<DuplicatePair>> {
  const asked = query.filter && 'status' in query.filter;
  return listRows<DuplicatePair>(
    read,
    {
      columns: {
        ...columnsOf('d', ['id', 'subject', 'score', 'reasons', 'status', 'createdAt', 'version']),
        first: sql`one.shown`, second: sql`two.shown`,
      },
      from: sql`duplicate_pair d
        cross join lateral ${side(actor, sql`d.first_id`)} one cross join lateral ${side(actor, sql`d.second_id`)} two`,
      where: [sql`d.deleted_at is null`, ...(asked ? [] : [sql`d.status = ${pairStatuses[0]}`])],
      key: sql`d.id`,
      fields: {
        status: { sql: sql`d.status`, kind: 'text' }, subject: { sql: sql`d.subject`, kind: 'text' },
        score: { sql: sql`d.score`, kind: 'number' }, createdAt: { sql: sql`d.created_at`, kind: 'instant' },
      },
      defaultSort: '-score,createdAt',
    },
    query,
  );
}

const most = 10;
export const latestScans = (read: Reader): Promise<DuplicateScan[]> =>
  read.rows<DuplicateScan>(sql`
    select s.id, s.status, greatest(s.total, s.done) as total, s.done, s.found, s.crowded, s.passed,
      s.created_at as "createdAt",
      s.finished_at as "finishedAt", (select u.full_name from app_user u where u.id = s.created_by) as "startedByName"
    from duplicate_scan s where s.deleted_at is null order by s.created_at desc, s.id desc limit ${sql.lit(most)}`);
