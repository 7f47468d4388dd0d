import type { PrincipalAdvocacy } from '../../domain/crm/principal-advocacy.contract.ts';
import type { UserRelations } from '../../domain/crm/user-relations.contract.ts';
import type { Reader } from '../platform/reader.ts';
import { sql, type Sql } from '../platform/sql.ts';

/** The principals, those with the most revenue first (CRM-061). */
export const principalAdvocacy = (read: Reader): Promise<PrincipalAdvocacy[]> =>
  read.rows<PrincipalAdvocacy>(sql`
    select id, account_name as "accountName", contact_count as "contactCount",
      distributor_count as "distributorCount", product_count as "productCount", open_count as "openCount",
      won_count as "wonCount", amounts
    from principal_advocacy_dashboard
    order by (select sum((a->>'won')::numeric) from jsonb_array_elements(amounts) a) desc nulls last,
      account_name, id limit 500`);

/** What belongs to a user; undefined if there is none of that id (CRM-025). */
export const userRelations = (read: Reader, id: string): Promise<UserRelations | undefined> => {
  const count = (from: Sql, column: string): Sql =>
    sql`(select count(*)::int from ${from} t where ${sql.ref(`t.${column}`)} = u.id)`;
  const kept = (table: string): Sql => sql`(select * from ${sql.table(table)} where deleted_at is null)`;
  return read.row<UserRelations>(sql`
    select ${count(kept('account'), 'account_owner')} as "accountsOwned",
      ${count(kept('account'), 'created_by')} as "accountsCreated",
      ${count(kept('account'), 'updated_by')} as "accountsUpdated",
      ${count(kept('opportunity'), 'owner_id')} as "opportunitiesOwned",
      ${count(kept('interaction'), 'owner_id')} + ${count(kept('task'), 'assignee_id')} as "activitiesAssigned",
      ${count(sql.table('table_preference'), 'user_id')} as "tablePreferences",
      ${count(sql.table('audit_log'), 'user_id')} as "auditRows"
    from app_user u where u.id = ${id}::uuid and u.deleted_at is null`);
};
