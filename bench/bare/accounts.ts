import type { Pool } from 'pg';

/** Each kind of list as written by hand: the same rows, with all columns and what they show of other rows. */
const select = `select c.*, t.name as account_type, u.full_name as owner_name, p.account_name as parent_account_name,
    m.full_name as created_by_name, w.full_name as updated_by_name,
    (select count(*)::int from contact k where k.account_id = c.id and k.deleted_at is null) as contacts,
    (select count(*)::int from contact_organization l join contact k on k.id = l.contact_id
      where l.account_id = c.id and l.deleted_at is null and k.deleted_at is null) as people,
    (select count(*)::int from opportunity o where o.account_id = c.id and o.deleted_at is null) as opportunities,
    (select count(*)::int from account b where b.parent_account_id = c.id and b.deleted_at is null) as children
  from account c left join account_type t on t.id = c.account_type_id left join app_user u on u.id = c.account_owner
    left join account p on p.id = c.parent_account_id
    left join app_user m on m.id = c.created_by left join app_user w on w.id = c.updated_by
  where c.tenant_id = $1 and c.deleted_at is null`;
const newest = 'order by c.created_at desc, c.id desc limit 51';
const kinds: Record<string, string> = {
  list: newest,
  filter: `and c.status = 'prospect' ${newest}`,
  sort: 'order by c.account_name, c.id limit 51',
  // In the words of the index, without which it would read all of them.
  search: `and (coalesce(c.account_name, '') || E'\\n' || coalesce(c.account_legal_name, '')) ilike '%kestrel%'
    ${newest}`,
};

export async function listAccounts(pool: Pool, tenantId: string, kind: string): Promise<object> {
  const { rows } = await pool.query(`${select} ${kinds[kind]}`, [tenantId]);
  return { items: rows.slice(0, 50) };
}
