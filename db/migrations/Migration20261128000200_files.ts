import { Migration } from '@mikro-orm/migrations';
import { foreignKey, ownTable } from '../platform/schema/own-table.ts';

/** Files of records and of comments (PLT-079, CRM-091). */
export class Migration20261128000200_files extends Migration {
  override up(): void {
    this.addSql(`create table "attachment" ("id" uuid not null, "tenant_id" uuid not null,
      "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null,
      "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null,
      "subject" varchar(20) not null, "subject_id" uuid not null, "comment_id" uuid null, "name" varchar(255) not null,
      "media_type" varchar(100) not null, "size" bigint not null, "state" varchar(20) not null default 'awaited',
      primary key ("id"));`);
    this.addSql(`alter table "attachment" add constraint "attachment_subject_check"
      check (subject in ('account', 'contact', 'opportunity', 'pov', 'task', 'ticket'));`);
    this.addSql(`alter table "attachment" add constraint "attachment_state_check"
      check (state in ('awaited', 'stored'));`);
    for (const index of [['subject_id', 'created_at'], ['comment_id']])
      this.addSql(`create index "attachment_tenant_id_${index.join('_')}_index" on "attachment"
        (tenant_id, ${index.join(', ')});`);
    this.addSql(`alter table "attachment" enable row level security;`);
    this.addSql(`alter table "attachment" force row level security;`);
    this.addSql(`create policy "tenant" on "attachment" using (${ofTenant}) with check (${ofTenant});`);
    for (const sql of ownTable('attachment')) this.addSql(sql);
    this.addSql(foreignKey('attachment', 'comment_id', 'crm_comment', 'set null'));
  }

  override down(): void {
    this.addSql(`drop table "attachment";`);
  }
}

const ofTenant = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid as tenant)`;
