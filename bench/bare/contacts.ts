import type { Pool } from 'pg';

/** Each kind of list as written by hand: the same rows, with all columns and what they show of other rows. */
const select = `select c.*, a.account_name, t.name as contact_type, a.account_owner, o.opportunity_name
  from contact c left join account a on a.id = c.account_id left join account_type t on t.id = a.account_type_id
    left join opportunity o on o.id = c.opportunity_id
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
