import { Migration } from '@mikro-orm/migrations';

/**
 * That customers' data may be copied is a right from now on. Until now Accounting alone could not: every other role
 * keeps it, also those that tenants made; CFO, who may what Accounting may, loses it.
 */
export class Migration20261130000290_copying_customers extends Migration {
  override up(): void {
    this.addSql(ofEachTenant(`insert into role_permission
      (id, tenant_id, created_at, updated_at, version, role, subject, action, scope)
      select gen_random_uuid(), t, now(), now(), 1, code, 'customer-data', 'copy', 'all' from role
      where tenant_id = t and deleted_at is null and code not in ('ACCOUNTING', 'CFO')
      on conflict do nothing;`));
  }

  override down(): void {
    this.addSql(ofEachTenant(`delete from role_permission where tenant_id = t and subject = 'customer-data';`));
  }
}

/** Each tenant by itself, as the policies of rows want it. */
const ofEachTenant = (statement: string): string => `do $$ declare t uuid; begin
  for t in select id from tenant loop
    perform set_config('app.tenant', t::text, true);
    ${statement}
  end loop;
  perform set_config('app.tenant', '', true);
end $$;`;
