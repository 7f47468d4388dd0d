import { Migration } from '@mikro-orm/migrations';
import { foreignKey, ownTable } from '../platform/schema/own-table.ts';
import { dropSearchFunction, searchFunction } from '../platform/schema/search-function.ts';

/** Interactions, tasks, groups, tickets and comments (CRM-081, 082, 095, 099, 100). */
export class Migration20261128000100_activities extends Migration {
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
  }

  override down(): void {
    for (const table of Object.keys(tables).reverse()) {
      if (tables[table]!.searched) for (const sql of dropSearchFunction(table)) this.addSql(sql);
      this.addSql(`drop table "${table}";`);
    }
  }
}

const ofTenant = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid as tenant)`;
const perTenant = (...columns: string[]): string[][] => columns.map(column => ['tenant_id', column]);
const listed = (...columns: string[]): string[][] => [['tenant_id', 'created_at', 'id'], ...perTenant(...columns)];

/** References, and what no two rows may share. */
const between = [
  foreignKey('interaction', 'contact_id', 'contact', 'set null'),
  foreignKey('interaction', 'account_id', 'account', 'set null'),
  foreignKey('interaction', 'opportunity_id', 'opportunity', 'set null'),
  foreignKey('interaction', 'owner_id', 'app_user', 'cascade'),
  foreignKey('task', 'contact_id', 'contact', 'set null'),
  foreignKey('task', 'account_id', 'account', 'set null'),
  foreignKey('task', 'opportunity_id', 'opportunity', 'set null'),
  foreignKey('task', 'assignee_id', 'app_user', 'cascade'),
  foreignKey('crm_group_member', 'group_id', 'crm_group', 'cascade'),
  foreignKey('crm_group_member', 'account_id', 'account', 'cascade'),
  foreignKey('crm_group_member', 'contact_id', 'contact', 'cascade'),
  foreignKey('ticket', 'assignee_id', 'app_user', 'cascade'),
  foreignKey('ticket', 'distributor_id', 'account', 'set null'),
  foreignKey('ticket', 'vendor_id', 'account', 'set null'),
  foreignKey('ticket', 'opportunity_id', 'opportunity', 'set null'),
  foreignKey('crm_comment', 'task_id', 'task', 'cascade'),
  foreignKey('crm_comment', 'ticket_id', 'ticket', 'cascade'),
  `create unique index "crm_group_member_once" on "crm_group_member" (tenant_id, group_id, account_id, contact_id)
   nulls not distinct where deleted_at is null;`,
];

interface Table {
  columns: string;
  indexes: string[][];
  checks: Record<string, string>;
  searched?: string[];
}
const tables: Record<string, Table> = {
  interaction: {
    columns: `"type" varchar(20) not null, "subject" varchar(255) not null, "description" text null, "outcome" text
      null, "status" varchar(20) not null default 'completed', "direction" varchar(20) null, "scheduled_at" timestamptz
      null, "completed_at" timestamptz null, "duration" int null, "contact_id" uuid null, "account_id" uuid null,
      "opportunity_id" uuid null, "owner_id" uuid not null, "participants" uuid[] not null default '{}', "attachments" text[] not null default
      '{}'`,
    indexes: listed('type', 'contact_id', 'account_id', 'opportunity_id', 'owner_id', 'scheduled_at', 'deleted_at'),
    checks: {
      type: `type in ('call', 'email', 'meeting', 'note', 'task')`,
      status: `status in ('scheduled', 'completed', 'cancelled')`,
      direction: `direction in ('inbound', 'outbound')`,
    },
    searched: ['subject', 'description'],
  },
  task: {
    columns: `"title" varchar(255) not null, "description" text null, "priority" varchar(20) not null default 'medium',
      "status" varchar(20) not null default 'todo', "due_date" timestamptz null, "completed_at" timestamptz null,
      "reminder_at" timestamptz null, "contact_id" uuid null, "account_id" uuid null, "opportunity_id" uuid null,
      "assignee_id" uuid not null,
      "tags" text[] not null default '{}', "attachments" text[] not null default '{}', "custom_fields" jsonb null,
      "reminded_at" timestamptz null, "overdue_told_at" timestamptz null`,
    indexes: listed(
      'status', 'assignee_id', 'due_date', 'contact_id', 'account_id', 'opportunity_id', 'created_by', 'deleted_at',
    ),
    checks: {
      priority: `priority in ('low', 'medium', 'high', 'urgent')`,
      status: `status in ('todo', 'in_progress', 'completed', 'cancelled')`,
    },
    searched: ['title', 'description'],
  },
  crm_group: {
    columns: `"group_name" varchar(255) not null, "group_type" varchar(100) null, "description" text null,
      "active" boolean not null default true`,
    indexes: listed('group_name', 'group_type', 'created_by'),
    checks: {},
    searched: ['group_name', 'group_type'],
  },
  crm_group_member: {
    columns: `"group_id" uuid not null, "account_id" uuid null, "contact_id" uuid null`,
    indexes: perTenant('group_id', 'account_id', 'contact_id'),
    checks: {},
  },
  ticket: {
    columns: `"issue" varchar(500) not null, "description" text null, "state" varchar(20) not null default 'open',
      "active" boolean not null default true, "assignee_id" uuid not null, "distributor_id" uuid null,
      "vendor_id" uuid null, "opportunity_id" uuid null, "closed_at" timestamptz null`,
    indexes: listed('state', 'assignee_id', 'distributor_id', 'vendor_id', 'opportunity_id', 'created_by'),
    checks: { state: `state in ('open', 'in_progress', 'waiting', 'closed')` },
    searched: ['issue', 'description'],
  },
  crm_comment: {
    columns: `"task_id" uuid null, "ticket_id" uuid null, "body" text not null`,
    indexes: perTenant('task_id', 'ticket_id'),
    checks: { one: 'num_nonnulls(task_id, ticket_id) <= 1' },
  },
};
