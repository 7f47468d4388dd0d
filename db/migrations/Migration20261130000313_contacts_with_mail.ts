import { Migration } from '@mikro-orm/migrations';

/** An import knows a contact by its further addresses too (CRM-113). */
export class Migration20261130000313_contacts_with_mail extends Migration {
  override up(): void {
    for (const sql of finder) this.addSql(sql);
  }

  override down(): void {
    this.addSql('drop function contacts_with_mail(text[]);');
  }
}

/** As the functions that search (`db/platform/schema/search-function.ts`): operators of arrays are not leakproof. */
const finder = [
  `create function contacts_with_mail(wanted text[]) returns table (value text, id uuid)
   language sql stable security definer set search_path = public, pg_temp as $$
     select distinct mail, c.id from "contact" c cross join unnest(mail_keys(c.emails)) mail
     where c.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and c.deleted_at is null
       and c.emails is not null
       and mail_keys(c.emails) && (select array_agg(lower(btrim(w))) from unnest(wanted) w)
       and mail in (select lower(btrim(w)) from unnest(wanted) w)
   $$;`,
  `grant create on schema public to search_definer;`,
  `alter function contacts_with_mail(text[]) owner to search_definer;`,
  `revoke create on schema public from search_definer;`,
  `revoke execute on function contacts_with_mail(text[]) from public;`,
  `grant execute on function contacts_with_mail(text[]) to app;`,
];
