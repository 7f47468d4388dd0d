import { Migration } from '@mikro-orm/migrations';

/** Contacts that are one are found by their further addresses and numbers too (CRM-034). */
export class Migration20261128000258_further_keys extends Migration {
  override up(): void {
    for (const sql of [...keys, ...indexes, dropped(before), ...finder(after)]) this.addSql(sql);
  }

  override down(): void {
    for (const sql of [dropped(after), ...finder(before)]) this.addSql(sql);
    for (const index of ['contact_emails_key', 'contact_phones_key']) this.addSql(`drop index "${index}";`);
    for (const name of ['mail_keys', 'phone_keys']) this.addSql(`drop function ${name}(jsonb);`);
  }
}

const key = (name: string, of: string): string =>
  `create function ${name}(jsonb) returns text[] language sql immutable strict parallel safe as $$
     select coalesce(array_agg(k), '{}') from (
       select ${of} as k from jsonb_array_elements(case jsonb_typeof($1) when 'array' then $1 else '[]' end) e
     ) keys where k is not null
   $$;`;
const keys = [
  key('mail_keys', `lower(btrim(e ->> 'value'))`),
  key('phone_keys', `public.phone_key(e ->> 'value')`),
];
const indexes = [
  `create index "contact_emails_key" on "contact" using gin (mail_keys(emails)) where emails is not null;`,
  `create index "contact_phones_key" on "contact" using gin (phone_keys(phones)) where phones is not null;`,
];

/** One way to find rows that may be the same; each is bounded, so that a common value costs little. */
const by = (condition: string, order = ''): string =>
  `(select id from "contact" where tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and deleted_at is null and ${condition} ${order} limit 20)`;
const name = `word_key(first_name || ' ' || last_name)`,
  wanted = `word_key(first || ' ' || last)`;
const byName = [
  by(`${name} = ${wanted}`),
  by(
    `${name} % ${wanted} and similarity(${name}, ${wanted}) >= 0.5`,
    `order by similarity(${name}, ${wanted}) desc, id`,
  ),
  by(`account_id = account and word_key(last_name) = word_key(last)`, 'order by id'),
];
interface Finder {
  mails: string;
  ways: string[];
}
const before: Finder = {
  mails: 'mail text',
  ways: [
    by(`lower(email_address) = lower(mail)`),
    by(`phone_key(work_phone) = any(phone_keys)`),
    by(`phone_key(mobile) = any(phone_keys)`),
    ...byName,
  ],
};
const after: Finder = {
  mails: 'mails text[]',
  ways: [
    by(`lower(email_address) = any(mails)`),
    by(`emails is not null and mail_keys(emails) && mails`),
    by(`phone_key(work_phone) = any(phone_keys)`),
    by(`phone_key(mobile) = any(phone_keys)`),
    by(`phones is not null and phone_keys(phones) && phone_keys`),
    ...byName,
  ],
};

const called = ({ mails }: Finder): string => `similar_contacts(${mails.split(' ')[1]}, text[], text, text, uuid)`;
const dropped = (of: Finder): string => `drop function ${called(of)};`;
/** As the functions that search (`db/platform/schema/search-function.ts`): operators of text are not leakproof. */
const finder = (of: Finder): string[] => [
  `create function similar_contacts(${of.mails}, phone_keys text[], first text, last text, account uuid)
   returns setof uuid language sql stable security definer
   set search_path = public, pg_temp as $$ ${of.ways.join(' union ')} $$;`,
  `grant create on schema public to search_definer;`,
  `alter function ${called(of)} owner to search_definer;`,
  `revoke create on schema public from search_definer;`,
  `revoke execute on function ${called(of)} from public;`,
  `grant execute on function ${called(of)} to app;`,
];
