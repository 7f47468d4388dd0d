import { Migration } from '@mikro-orm/migrations';
import { ownTable } from '../platform/schema/own-table.ts';

/** A mail that is being sent says so; names of outside identity services; audit rows that are kept no longer. */
export class Migration20261121000008_identity extends Migration {
  override up(): void {
    this.addSql('alter table "mail" drop constraint "mail_status_check";');
    this.addSql(`alter table "mail" add constraint "mail_status_check"
      check (status in ('queued', 'sending', 'sent', 'not-sent', 'refused', 'unknown'));`);
    this.addSql('alter table "app_user" add "external_id" varchar(255) null;');
    this.addSql(`alter table "app_user" add constraint "app_user_external_id_unique"
      unique ("tenant_id", "external_id");`);
    this.addSql(`create table "audit_archive" ("id" uuid not null, "tenant_id" uuid not null,
      "created_at" timestamptz not null, "entry" jsonb not null, "archived_at" timestamptz not null default now(),
      primary key ("id"));`);
    this.addSql('create index "audit_archive_tenant_id_created_at_index" on "audit_archive" ("tenant_id", "created_at");');
    this.addSql('alter table "audit_archive" enable row level security;');
    this.addSql('alter table "audit_archive" force row level security;');
    this.addSql(`create policy "tenant" on "audit_archive" using (${ofTenant}) with check (${ofTenant});`);
    for (const sql of ownTable('audit_archive', 'select')) this.addSql(sql);
    // As the owner, because the application may neither change nor remove audit rows (PLT-062); the policy by tenant
    // holds for the owner, too. It moves rows and loses none.
    this.addSql(`create function archive_audit(before timestamptz, at_most int) returns int
      language sql security definer set search_path = public as $$
        with old as (
          delete from audit_log where id in (
            select id from audit_log where tenant_id = ${tenant} and created_at < before
            order by created_at, id limit at_most for update skip locked)
          returning *),
        kept as (
          insert into audit_archive (id, tenant_id, created_at, entry)
          select id, tenant_id, created_at, to_jsonb(old) from old returning 1)
        select count(*)::int from kept
      $$;`);
    this.addSql('revoke all on function archive_audit(timestamptz, int) from public;');
    this.addSql('grant execute on function archive_audit(timestamptz, int) to app;');
  }

  override down(): void {
    this.addSql('drop function archive_audit(timestamptz, int);');
    this.addSql('drop table "audit_archive";');
    this.addSql('alter table "app_user" drop constraint "app_user_external_id_unique";');
    this.addSql('alter table "app_user" drop column "external_id";');
    this.addSql('alter table "mail" drop constraint "mail_status_check";');
    this.addSql(`update "mail" set status = 'unknown' where status = 'sending';`);
    this.addSql(`alter table "mail" add constraint "mail_status_check"
      check (status in ('queued', 'sent', 'not-sent', 'refused', 'unknown'));`);
  }
}

const tenant = `nullif(current_setting('app.tenant', true), '')::uuid`;
const ofTenant = `tenant_id = ${tenant}`;
