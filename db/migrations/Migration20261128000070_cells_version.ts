import { Migration } from '@mikro-orm/migrations';

/** A role has a version of what it may do, so that a request need not read all of that to know that it is unchanged. */
export class Migration20261128000070_cells_version extends Migration {
  override up(): void {
    this.addSql(`alter table role add column cells_version uuid not null default gen_random_uuid()`);
    this.addSql(`create function draw_cells_version() returns trigger language plpgsql set search_path = public as $$
      begin
        update role r set cells_version = gen_random_uuid()
        from (select distinct tenant_id, role from changed) c where r.tenant_id = c.tenant_id and r.code = c.role;
        return null;
      end $$`);
    for (const [event, table] of [['insert', 'new'], ['update', 'new'], ['delete', 'old']]) {
      this.addSql(`create trigger cells_version_on_${event} after ${event} on role_permission
        referencing ${table} table as changed for each statement execute function draw_cells_version()`);
    }
  }

  override down(): void {
    for (const event of ['insert', 'update', 'delete'])
      this.addSql(`drop trigger cells_version_on_${event} on role_permission`);
    this.addSql(`drop function draw_cells_version()`);
    this.addSql(`alter table role drop column cells_version`);
  }
}
