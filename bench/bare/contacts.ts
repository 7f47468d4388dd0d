import type { Pool } from 'pg';

/** Each kind of list as written by hand: the same rows, with all columns and what they show of other rows. */
const select = `select c.*, a.account_name, t.name as contact_type, a.deleted_at is not null as account_deleted,
    o.opportunity_name, m.full_name as created_by_name, w.full_name as updated_by_name,
    (select count(*)::int from task k where k.contact_id = c.id and k.deleted_at is null) as tasks,
    (select count(distinct p.opportunity_id)::int from opportunity_participant p where p.contact_id = c.id
      and p.deleted_at is null) as opportunities
  from contact c left join account a on a.id = c.account_id left join account_type t on t.id = a.account_type_id
    left join opportunity o on o.id = c.opportunity_id
    left join app_user m on m.id = c.created_by left join app_user w on w.id = c.updated_by
  where c.tenant_id = $1 and c.deleted_at is null`;
const newest = 'order by c.created_at desc, c.id desc limit 51';
const kinds: Record<string, string> = {
  list: newest,
  filter: `and c.status = 'prospect' ${newest}`,
  sort: 'order by c.full_name, c.id limit 51',
  search: `and c.full_name ilike '%kestrel%' ${newest}`,
};

export async function listContacts(pool: Pool, tenantId: string, kind: string): Promise<object> {
  const { rows } = await pool.query(`${select} ${kinds[kind]}`, [tenantId]);
  return { items: rows.slice(0, 50) };
}
