import { Migration } from '@mikro-orm/migrations';
import { foreignKey, ownTable } from '../platform/schema/own-table.ts';
import { dropSearchFunction, searchFunction } from '../platform/schema/search-function.ts';

/** Opportunities with their stages, lines and participants (CRM-066, 067, 074, 075), and the views of CRM-055, 078. */
export class Migration20261128000090_pipeline extends Migration {
  override up(): void {
    for (const [table, { columns, indexes, checks, searched }] of Object.entries(tables)) {
      this.addSql(`create table "${table}" ("id" uuid not null, "tenant_id" uuid not null,
        "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null,
        "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null,
        ${columns}, primary key ("id"));`);
      for (const [name, check] of Object.entries(checks))
        this.addSql(`alter table "${table}" add constraint "${table}_${name}_check" check (${check});`);
      for (const index of indexes)
        this.addSql(`create index "${table}_${index.join('_')}_index" on "${table}" (${index.join(', ')});`);
      this.addSql(`alter table "${table}" enable row level security;`);
      this.addSql(`alter table "${table}" force row level security;`);
      this.addSql(`create policy "tenant" on "${table}" using (${ofTenant}) with check (${ofTenant});`);
      for (const sql of ownTable(table)) this.addSql(sql);
      if (searched) for (const sql of searchFunction(table, searched)) this.addSql(sql);
    }
    for (const sql of between) this.addSql(sql);
    for (const [view, select] of Object.entries(views)) {
      // By the rights of who reads it: row-level security stays in force.
      this.addSql(`create view "${view}" with (security_invoker = true) as ${select};`);
      this.addSql(`grant select on "${view}" to app;`);
    }
  }

  override down(): void {
    for (const view of Object.keys(views)) this.addSql(`drop view "${view}";`);
    for (const [table, { searched }] of Object.entries(tables).reverse()) {
      if (searched) for (const sql of dropSearchFunction(table)) this.addSql(sql);
      this.addSql(`drop table "${table}";`);
    }
  }
}

const ofTenant = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid as tenant)`;
const perTenant = (...columns: string[]): string[][] =>
  [['created_at', 'id'], ...columns.map(column => [column])].map(rest => ['tenant_id', ...rest]);

/** References, what no two rows may share, and what the board reads by. */
const between = [
  foreignKey('opportunity', 'owner_id', 'app_user', 'cascade'),
  foreignKey('opportunity', 'account_id', 'account', 'set null'),
  foreignKey('opportunity', 'distributor_account_id', 'account', 'set null'),
  foreignKey('opportunity', 'vendor_account_id', 'account', 'set null'),
  foreignKey('opportunity_line_item', 'opportunity_id', 'opportunity', 'cascade'),
  foreignKey('opportunity_participant', 'opportunity_id', 'opportunity', 'cascade'),
  foreignKey('opportunity_participant', 'account_id', 'account', 'cascade'),
  foreignKey('opportunity_participant', 'contact_id', 'contact', 'set null'),
  foreignKey('opportunity_stage_change', 'opportunity_id', 'opportunity', 'cascade'),
  `create unique index "opportunity_stage_key" on "opportunity_stage" (tenant_id, key) where deleted_at is null;`,
  `create unique index "opportunity_stage_name_lower" on "opportunity_stage" (tenant_id, lower(name))
   where deleted_at is null;`,
  `create unique index "opportunity_participant_once" on "opportunity_participant"
   (tenant_id, opportunity_id, account_id, role, coalesce(contact_id, account_id)) where deleted_at is null;`,
  `create index "opportunity_board" on "opportunity" (tenant_id, stage, kanban_index, id) where deleted_at is null;`,
];

const views = {
  opportunities_summary: `select o.*, s.name as stage_name, s.outcome as stage_outcome, s.position as stage_position,
      (o.value * o.probability + 50) / 100 as weighted_value, a.account_name, u.full_name as owner_name,
      (select c.full_name from opportunity_participant p join contact c on c.id = p.contact_id
       where p.opportunity_id = o.id and p.deleted_at is null and c.deleted_at is null
       order by p.created_at, p.id limit 1) as contact_name
    from opportunity o
    left join opportunity_stage s on s.tenant_id = o.tenant_id and s.key = o.stage and s.deleted_at is null
    left join account a on a.id = o.account_id
    left join app_user u on u.id = o.owner_id
    where o.deleted_at is null`,
  companies_summary: `select a.*,
      (select count(*)::int from opportunity o where o.account_id = a.id and o.deleted_at is null)
        as opportunity_count,
      (select count(*)::int from contact c where c.account_id = a.id and c.deleted_at is null) as contact_count
    from account a where a.deleted_at is null`,
};

interface Table {
  columns: string;
  indexes: string[][];
  checks: Record<string, string>;
  searched?: string[];
}
const tables: Record<string, Table> = {
  opportunity_stage: {
    columns: `"key" varchar(50) not null, "name" varchar(100) not null, "position" int not null,
      "probability" int not null default 0, "outcome" varchar(10) not null default 'open',
      "required_fields" text[] not null default '{}'`,
    indexes: perTenant('position'),
    checks: { outcome: `outcome in ('open', 'won', 'lost')`, probability: 'probability >= 0 and probability <= 100' },
    searched: ['name'],
  },
  opportunity: {
    columns: `"opportunity_name" varchar(255) not null, "description" text null, "active" boolean not null default true,
      "value" bigint not null default '0', "currency" varchar(3) not null default 'USD', "stage" varchar(50) not null,
      "stage_since" timestamptz not null, "probability" int not null default 0, "expected_close_date" timestamptz null,
      "actual_close_date" timestamptz null, "account_id" uuid null, "distributor_account_id" uuid null,
      "vendor_account_id" uuid null, "product_id" uuid null, "order_id_house" varchar(100) null,
      "expected_usage_gross_total" numeric(12,2) null, "expected_commission_gross_total" numeric(12,2) null,
      "owner_id" uuid not null, "source" varchar(100) null, "lost_reason" varchar(500) null,
      "kanban_index" bigint not null default '0', "tags" text[] not null default '{}', "custom_fields" jsonb null`,
    indexes: perTenant(
      'stage', 'owner_id', 'account_id', 'distributor_account_id', 'vendor_account_id', 'expected_close_date',
      'opportunity_name', 'deleted_at',
    ),
    checks: { probability: 'probability >= 0 and probability <= 100', value: 'value >= 0' },
    searched: ['opportunity_name', 'order_id_house'],
  },
  opportunity_line_item: {
    columns: `"opportunity_id" uuid not null, "product_id" uuid null, "description" varchar(500) not null,
      "quantity" int not null default 1, "unit_price" bigint not null default '0',
      "discount_percent" double precision not null default 0, "line_total" bigint not null,
      "sort_order" int not null default 0`,
    indexes: perTenant('opportunity_id'),
    checks: {},
  },
  opportunity_participant: {
    columns: `"opportunity_id" uuid not null, "account_id" uuid not null, "role" varchar(20) not null,
      "contact_id" uuid null`,
    indexes: perTenant('opportunity_id', 'account_id', 'contact_id'),
    checks: { role: `role in ('customer', 'principal', 'distributor', 'vendor', 'partner', 'other')` },
  },
  opportunity_stage_change: {
    columns: `"opportunity_id" uuid not null, "from_stage" varchar(50) null, "to_stage" varchar(50) not null`,
    indexes: perTenant('opportunity_id'),
    checks: {},
  },
};
