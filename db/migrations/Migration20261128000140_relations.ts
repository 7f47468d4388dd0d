import { Migration } from '@mikro-orm/migrations';
import { foreignKey } from '../platform/schema/own-table.ts';

/** What belongs together: POVs of accounts, further addresses of contacts, commissions, what is done for principals. */
export class Migration20261128000140_relations extends Migration {
  override up(): void {
    this.addSql(`alter table "pov" add column "account_id" uuid null;`);
    this.addSql(foreignKey('pov', 'account_id', 'account', 'set null'));
    this.addSql(`alter table "contact" add column "emails" jsonb null, add column "phones" jsonb null,
      add column "opportunity_id" uuid null;`);
    this.addSql(foreignKey('contact', 'opportunity_id', 'opportunity', 'set null'));
    for (const [table, column] of indexes)
      this.addSql(`create index "${table}_tenant_id_${column}_index" on "${table}" (tenant_id, ${column});`);
    for (const [view, select] of Object.entries(views)) {
      // By the rights of who reads it: row-level security stays in force.
      this.addSql(`create view "${view}" with (security_invoker = true) as ${select};`);
      this.addSql(`grant select on "${view}" to app;`);
    }
  }

  override down(): void {
    for (const view of Object.keys(views).reverse()) this.addSql(`drop view "${view}";`);
    for (const [table, column] of indexes) this.addSql(`drop index "${table}_tenant_id_${column}_index";`);
    this.addSql(`alter table "contact" drop column "emails", drop column "phones", drop column "opportunity_id";`);
    this.addSql(`alter table "pov" drop column "account_id";`);
  }
}

const indexes = [['pov', 'account_id'], ['pov', 'opportunity_id'], ['contact', 'opportunity_id']] as const;

const views = {
  /** The percentage of the product, else that of the relation between the principal and the distributor (CRM-060). */
  opportunity_line_commission: `select l.id, l.tenant_id, l.opportunity_id,
      coalesce(p.vendor_account_id, o.vendor_account_id) as principal_account_id,
      coalesce(p.commission_percent, r.commission_rate) as commission_percent,
      round(l.line_total * coalesce(p.commission_percent, r.commission_rate) / 100)::bigint as commission
    from opportunity_line_item l
    join opportunity o on o.id = l.opportunity_id
    left join product p on p.id = l.product_id
    left join principal_distributor_relationship r on r.tenant_id = l.tenant_id and r.status = 'active'
      and r.principal_account_id = coalesce(p.vendor_account_id, o.vendor_account_id)
      and r.distributor_account_id = coalesce(o.distributor_account_id, p.distributor_account_id)
      and r.deleted_at is null
    where l.deleted_at is null`,
  principal_advocacy_dashboard: `select a.id, a.tenant_id, a.account_name,
      (select count(*)::int from contact_organization l join contact c on c.id = l.contact_id
        where l.account_id = a.id and l.deleted_at is null and c.deleted_at is null) as contact_count,
      (select count(*)::int from principal_distributor_relationship r
        join account d on d.id = r.distributor_account_id
        where r.principal_account_id = a.id and r.status = 'active' and r.deleted_at is null and d.deleted_at is null)
        as distributor_count,
      (select count(*)::int from product p where p.vendor_account_id = a.id and p.deleted_at is null) as product_count,
      sales.open_count, sales.won_count, sales.amounts
    from account a cross join lateral (
      select coalesce(sum(m.open_count), 0)::int as open_count, coalesce(sum(m.won_count), 0)::int as won_count,
        coalesce(jsonb_agg(jsonb_build_object('currency', m.currency, 'open', m.open_value, 'won', m.won_value,
          'commission', m.commission) order by m.currency), '[]') as amounts
      from (
        select o.currency,
          count(*) filter (where s.outcome = 'open') as open_count, count(*) filter (where s.outcome = 'won') as won_count,
          coalesce(sum(o.value) filter (where s.outcome = 'open'), 0)::bigint as open_value,
          coalesce(sum(o.value) filter (where s.outcome = 'won'), 0)::bigint as won_value,
          coalesce(sum((select sum(k.commission) from opportunity_line_commission k
            where k.opportunity_id = o.id and k.principal_account_id = a.id)) filter (where s.outcome <> 'lost'), 0)::bigint
            as commission
        from opportunity o
        join opportunity_stage s on s.tenant_id = o.tenant_id and s.key = o.stage and s.deleted_at is null
        where o.deleted_at is null and o.id in (
          select v.id from opportunity v where v.vendor_account_id = a.id
          union select t.opportunity_id from opportunity_participant t
            where t.account_id = a.id and t.role = 'principal' and t.deleted_at is null)
        group by o.currency) m) sales
    where a.is_principal and a.deleted_at is null`,
};
