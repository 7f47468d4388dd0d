import { Migration } from '@mikro-orm/migrations';

/** An import knows a contact by its further addresses too (CRM-113), an undone merge who has an address by now. */
export class Migration20261130000313_contacts_with_mail extends Migration {
  override up(): void {
    for (const made of [withMail, byMail]) {
      this.addSql(made);
      for (const sql of ownedFinder(/function (\w+)/.exec(made)![1]!)) this.addSql(sql);
    }
  }

  override down(): void {
    for (const name of ['contacts_with_mail', 'contacts_by_mail']) this.addSql(`drop function ${name}(text[]);`);
  }
}

/** As the functions that search (`db/platform/schema/search-function.ts`): operators of arrays are not leakproof. */
const withMail = `create function contacts_with_mail(wanted text[]) returns table (value text, id uuid)
   language sql stable security definer set search_path = public, pg_temp as $$
     select distinct mail, c.id from "contact" c cross join unnest(mail_keys(c.emails)) mail
     where c.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and c.deleted_at is null
       and c.emails is not null
       and mail_keys(c.emails) && (select array_agg(lower(btrim(w))) from unnest(wanted) w)
       and mail in (select lower(btrim(w)) from unnest(wanted) w)
   $$;`;
const byMail = `create function contacts_by_mail(wanted text[]) returns table (value text, id uuid)
   language sql stable security definer set search_path = public, pg_temp as $$
     select c.email_address, c.id from "contact" c
     where c.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid and c.deleted_at is null
       and lower(c.email_address) in (select lower(btrim(w)) from unnest(wanted) w)
   $$;`;
const ownedFinder = (name: string): string[] => [
  `grant create on schema public to search_definer;`,
  `alter function ${name}(text[]) owner to search_definer;`,
  `revoke create on schema public from search_definer;`,
  `revoke execute on function ${name}(text[]) from public;`,
  `grant execute on function ${name}(text[]) to app;`,
];
