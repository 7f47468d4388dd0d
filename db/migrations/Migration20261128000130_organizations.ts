import { Migration } from '@mikro-orm/migrations';
import { foreignKey, ownTable } from '../platform/schema/own-table.ts';
import { dropSearchFunction, searchFunction } from '../platform/schema/search-function.ts';

/** Organizations of a contact, principals with their distributors, and products (CRM-T3, CRM-T4, INV-T1). */
export class Migration20261128000130_organizations extends Migration {
  override up(): void {
    for (const [table, { columns, indexes, checks, searched }] of Object.entries(tables)) {
      this.addSql(`create table "${table}" ("id" uuid not null, "tenant_id" uuid not null,
        "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null,
        "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null,
        ${columns}, primary key ("id"));`);
      for (const [name, check] of Object.entries(checks))
        this.addSql(`alter table "${table}" add constraint "${table}_${name}_check" check (${check});`);
      for (const index of indexes)
        this.addSql(`create index "${indexName(table, index)}" on "${table}" (${index.join(', ')});`);
      this.addSql(`alter table "${table}" enable row level security;`);
      this.addSql(`alter table "${table}" force row level security;`);
      this.addSql(`create policy "tenant" on "${table}" using (${ofTenant}) with check (${ofTenant});`);
      for (const sql of ownTable(table)) this.addSql(sql);
      if (searched) for (const sql of searchFunction(table, searched)) this.addSql(sql);
    }
    for (const sql of [...between, ...onlyPrincipals, influence, linkedSoFar]) this.addSql(sql);
    this.addSql(`grant select on "contact_influence_profile" to app;`);
  }

  override down(): void {
    this.addSql(`drop view "contact_influence_profile";`);
    this.addSql(`alter table "opportunity" drop constraint "opportunity_product_id_fkey";`);
    this.addSql(`drop index "opportunity_tenant_id_product_id_index";`);
    this.addSql(`alter table "opportunity_line_item" drop constraint "opportunity_line_item_product_id_fkey";`);
    this.addSql(`drop index "opportunity_line_item_tenant_id_product_id_index";`);
    this.addSql(`drop trigger "only_a_principal" on "opportunity_participant";`);
    for (const [table, { searched }] of Object.entries(tables).reverse()) {
      if (searched) for (const sql of dropSearchFunction(table)) this.addSql(sql);
      this.addSql(`drop table "${table}";`);
    }
    this.addSql(`drop function validate_principal_organization();`);
  }
}

const ofTenant = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid as tenant)`;
const perTenant = (...columns: string[]): string[][] =>
  [['created_at', 'id'], ...columns.map(column => [column])].map(rest => ['tenant_id', ...rest]);

/** Names that are too long, as the entities shorten them. */
const shortened: Record<string, string> = {
  principal_distributor_relationship_tenant_id_created_at_id_index:
    'principal_distributor_relationship_tenant_id_creat_4edf2_index',
  principal_distributor_relationship_tenant_id_principal_account_id_index:
    'principal_distributor_relationship_tenant_id_princ_9b82a_index',
  principal_distributor_relationship_tenant_id_distributor_account_id_index:
    'principal_distributor_relationship_tenant_id_distr_8fcea_index',
};
const indexName = (table: string, columns: string[]): string => {
  const name = `${table}_${columns.join('_')}_index`;
  return shortened[name] ?? name;
};

interface Table {
  columns: string;
  indexes: string[][];
  checks: Record<string, string>;
  searched?: string[];
}
const tables: Record<string, Table> = {
  contact_organization: {
    columns: `"contact_id" uuid not null, "account_id" uuid not null, "is_primary" boolean not null default false,
      "role" varchar(100) null, "influence" int null, "start_date" date null, "end_date" date null`,
    indexes: perTenant('contact_id', 'account_id'),
    checks: { influence: 'influence >= 0 and influence <= 100' },
  },
  principal_distributor_relationship: {
    columns: `"principal_account_id" uuid not null, "distributor_account_id" uuid not null,
      "commission_rate" numeric(5,2) not null, "status" varchar(20) not null default 'active', "start_date" date null,
      "end_date" date null, "territory" varchar(255) null, "notes" text null`,
    indexes: perTenant('principal_account_id', 'distributor_account_id'),
    checks: { status: `status in ('active', 'inactive')`, rate: 'commission_rate >= 0 and commission_rate <= 100' },
  },
  product: {
    columns: `"sku" varchar(100) not null, "name" varchar(255) not null, "product_name_vendor" varchar(255) null,
      "description" text null, "category" varchar(255) null, "brand" varchar(255) null,
      "has_variants" boolean not null default false, "parent_product_id" uuid null, "cost_price" bigint not null,
      "sale_price" bigint not null, "currency" varchar(3) not null default 'USD',
      "tax_rate" double precision not null default 0, "track_inventory" boolean not null default true,
      "stock_level" int not null default 0, "reorder_point" int not null default 0,
      "reorder_quantity" int not null default 0, "weight" double precision null, "length" double precision null,
      "width" double precision null, "height" double precision null, "barcode" varchar(100) null,
      "supplier_sku" varchar(100) null, "image_urls" text[] not null default '{}', "tags" text[] not null default '{}',
      "is_active" boolean not null default true, "distributor_account_id" uuid null, "vendor_account_id" uuid null,
      "revenue_type" varchar(100) null, "commission_percent" numeric(5,2) null,
      "price_each_percent" numeric(12,2) null, "custom_fields" jsonb null`,
    indexes: perTenant(
      'name', 'is_active', 'category', 'parent_product_id', 'distributor_account_id', 'vendor_account_id', 'barcode',
      'deleted_at',
    ),
    checks: {
      price: 'cost_price >= 0 and sale_price >= 0', commission: 'commission_percent >= 0 and commission_percent <= 100',
    },
    searched: ['name', 'sku', 'barcode', 'product_name_vendor'],
  },
};

/** References, and what no two rows may share. */
const between = [
  foreignKey('contact_organization', 'contact_id', 'contact', 'cascade'),
  foreignKey('contact_organization', 'account_id', 'account', 'cascade'),
  foreignKey('principal_distributor_relationship', 'principal_account_id', 'account', 'cascade'),
  foreignKey('principal_distributor_relationship', 'distributor_account_id', 'account', 'cascade'),
  foreignKey('product', 'parent_product_id', 'product', 'set null'),
  foreignKey('product', 'distributor_account_id', 'account', 'set null'),
  foreignKey('product', 'vendor_account_id', 'account', 'set null'),
  foreignKey('opportunity', 'product_id', 'product', 'set null'),
  `create index "opportunity_tenant_id_product_id_index" on "opportunity" (tenant_id, product_id);`,
  foreignKey('opportunity_line_item', 'product_id', 'product', 'set null'),
  `create index "opportunity_line_item_tenant_id_product_id_index" on "opportunity_line_item" (tenant_id, product_id);`,
  `create unique index "contact_organization_once" on "contact_organization" (tenant_id, contact_id, account_id)
   where deleted_at is null;`,
  `create unique index "contact_organization_one_primary" on "contact_organization" (tenant_id, contact_id)
   where is_primary and deleted_at is null;`,
  `create unique index "principal_distributor_one_active" on "principal_distributor_relationship"
   (tenant_id, principal_account_id, distributor_account_id) where status = 'active' and deleted_at is null;`,
  `create unique index "product_sku" on "product" (tenant_id, sku) where deleted_at is null;`,
];

/**
 * Only an account flagged as principal stands as one (CRM-057); a check may not look into another table. Looked at on
 * commit, as references are. The name of the column that holds the principal is the trigger's argument.
 */
const stands = (table: string, columns: string, holds: string, when = ''): string =>
  `create constraint trigger "only_a_principal" after insert or update of ${columns} on "${table}"
   deferrable initially deferred for each row ${when} execute function validate_principal_organization('${holds}');`;
const onlyPrincipals = [
  `create function validate_principal_organization() returns trigger language plpgsql security definer
   set search_path = public, pg_temp as $$
   declare principal uuid := (to_jsonb(new) ->> tg_argv[0])::uuid;
   begin
     if principal is not null and not exists (
       select 1 from account where id = principal and tenant_id = new.tenant_id and is_principal
     ) then
       raise exception 'The account is no principal' using errcode = 'check_violation', constraint = 'only_a_principal',
         column = tg_argv[0];
     end if;
     return new;
   end $$;`,
  // A role that reads accounts whatever the tenant: a restored copy has none set.
  `grant create on schema public to search_definer;`,
  `alter function validate_principal_organization() owner to search_definer;`,
  `revoke create on schema public from search_definer;`,
  stands('principal_distributor_relationship', 'principal_account_id', 'principal_account_id'),
  stands('product', 'vendor_account_id', 'vendor_account_id'),
  stands('opportunity_participant', 'account_id, role', 'account_id', `when (new.role = 'principal')`),
];

/** What a contact counts for at each organization (CRM-053), by the rights of who reads it. */
const influence = `create view "contact_influence_profile" with (security_invoker = true) as
  select l.id, l.tenant_id, l.contact_id, l.account_id, a.account_name, l.is_primary, l.role, l.influence,
    count(o.id)::int as opportunity_count,
    coalesce(sum(o.value) filter (where s.outcome = 'open'), 0)::bigint as open_value,
    coalesce(sum(o.value) filter (where s.outcome = 'won'), 0)::bigint as won_value
  from contact_organization l
  join account a on a.id = l.account_id
  left join lateral (select distinct p.opportunity_id from opportunity_participant p
    where p.contact_id = l.contact_id and p.deleted_at is null) part on true
  left join opportunity o on o.id = part.opportunity_id and o.account_id = l.account_id and o.deleted_at is null
  left join opportunity_stage s on s.tenant_id = o.tenant_id and s.key = o.stage and s.deleted_at is null
  where l.deleted_at is null and a.deleted_at is null
  group by l.id, a.account_name;`;

/** Contacts that are there belong to their account. */
const linkedSoFar = `do $$ declare t uuid; begin
  for t in select id from tenant loop
    perform set_config('app.tenant', t::text, true);
    insert into contact_organization
      (id, tenant_id, created_at, updated_at, created_by, contact_id, account_id, is_primary)
    select gen_random_uuid(), tenant_id, created_at, created_at, created_by, id, account_id, true
    from contact where account_id is not null;
  end loop;
  perform set_config('app.tenant', '', true);
end $$;`;
