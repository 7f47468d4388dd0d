import { Migration } from '@mikro-orm/migrations';
import { foreignKey, ownTable } from '../platform/schema/own-table.ts';

/** What finds records that are one, the queue of such pairs, and merges that can be undone (CRM-034, 035). */
export class Migration20261128000150_duplicates extends Migration {
  override up(): void {
    for (const sql of [...keys, ...merged, ...keyIndexes]) this.addSql(sql);
    for (const [name, { takes, body }] of Object.entries(finders)) for (const sql of finder(name, takes, body)) this.addSql(sql);
    for (const [table, { columns, indexes, checks }] of Object.entries(tables)) {
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
    }
    this.addSql(`create unique index "duplicate_pair_once" on "duplicate_pair" (tenant_id, first_id, second_id)
      where deleted_at is null;`);
    this.addSql(`create unique index "duplicate_scan_one_running" on "duplicate_scan" (tenant_id)
      where status = 'running' and deleted_at is null;`);
  }

  override down(): void {
    for (const table of Object.keys(tables).reverse()) this.addSql(`drop table "${table}";`);
    for (const [name, { takes }] of Object.entries(finders)) this.addSql(`drop function ${name}(${takes.map(t => t.split(' ')[1]).join(', ')});`);
    for (const table of ['contact', 'account']) this.addSql(`alter table "${table}" drop column merged_into_id;`);
    for (const index of Object.keys(indexed)) this.addSql(`drop index "${index}";`);
    this.addSql(`drop function company_key(text);`);
    for (const name of ['word_key', 'phone_key', 'domain_key']) this.addSql(`drop function ${name}(text);`);
  }
}

const ofTenant = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid as tenant)`;

const key = (name: string, body: string): string =>
  `create function ${name}(text) returns text language sql immutable strict parallel safe as $$ ${body} $$;`;

/** The same keys as those of \`domain/crm/duplicate\`: words in alphabetical order, figures of a number, a domain. */
const keys = [
  key('word_key', `select coalesce(array_to_string(array(
    select w from unnest(regexp_split_to_array(
      lower(regexp_replace(normalize($1, NFKD), '[\\u0300-\\u036f]', '', 'g')), '[^[:alnum:]]+')) w
    where w <> '' order by w collate "C"), ' '), '')`),
  key('phone_key', `select case when length(f) >= 7 then right(f, 9) end
    from (select regexp_replace($1, '[^0-9]', '', 'g') as f) figures`),
  key('domain_key', `select substring(lower($1) from '(?:://|@)(?:www\\.)?([^/:?#@]+)')`),
  key('company_key', `select coalesce(nullif(btrim(regexp_replace(regexp_replace(k,
      '\\m(inc|incorporated|llc|ltd|limited|corp|corporation|co|company|gmbh|ag|kg|plc|sa|sas|sarl|srl|spa|bv|nv|ab|oy|pty|lp|llp|the)\\M',
      '', 'g'), ' +', ' ', 'g')), ''), k) from (select public.word_key($1) as k) words`),
];

const merged = ['contact', 'account'].flatMap(table => [
  `alter table "${table}" add column "merged_into_id" uuid null;`,
  foreignKey(table, 'merged_into_id', table, 'set null'),
  `create index "${table}_tenant_id_merged_into_id_index" on "${table}" (tenant_id, merged_into_id);`,
]);

const fullName = `word_key(first_name || ' ' || last_name)`;
const indexed: Record<string, string> = {
  contact_name_key: `"contact" (tenant_id, (${fullName}))`,
  contact_name_like: `"contact" using gin ((${fullName}) gin_trgm_ops)`,
  contact_work_phone_key: `"contact" (tenant_id, (phone_key(work_phone)))`,
  contact_mobile_key: `"contact" (tenant_id, (phone_key(mobile)))`,
  account_name_key: `"account" (tenant_id, (company_key(account_name)))`,
  account_name_like: `"account" using gin ((company_key(account_name)) gin_trgm_ops)`,
  account_website_key: `"account" (tenant_id, (domain_key(website_url)))`,
  account_email_key: `"account" (tenant_id, (domain_key(email)))`,
  account_phone_key: `"account" (tenant_id, (phone_key(phone)))`,
};
const keyIndexes = Object.entries(indexed).map(([name, on]) => `create index "${name}" on ${on};`);

/** One way to find rows that may be the same as what is given; each is bounded, so that a common value costs little. */
const by = (table: string, condition: string, order = ''): string =>
  `(select id from "${table}" where tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
    and deleted_at is null and ${condition} ${order} limit 20)`;
const like = (table: string, column: string, wanted: string): string =>
  by(table, `${column} % ${wanted} and similarity(${column}, ${wanted}) >= 0.5`, `order by similarity(${column}, ${wanted}) desc, id`);

const finders: Record<string, { takes: string[]; body: string }> = {
  similar_contacts: {
    takes: ['mail text', 'phone_keys text[]', 'first text', 'last text', 'account uuid'],
    body: [
      by('contact', `lower(email_address) = lower(mail)`),
      by('contact', `phone_key(work_phone) = any(phone_keys)`),
      by('contact', `phone_key(mobile) = any(phone_keys)`),
      by('contact', `${fullName} = word_key(first || ' ' || last)`),
      like('contact', fullName, `word_key(first || ' ' || last)`),
      by('contact', `account_id = account and word_key(last_name) = word_key(last)`, 'order by id'),
    ].join(' union '),
  },
  similar_accounts: {
    takes: ['name text', 'domains text[]', 'phone_of text'],
    body: [
      by('account', `company_key(account_name) = company_key(name)`),
      like('account', 'company_key(account_name)', 'company_key(name)'),
      by('account', `domain_key(website_url) = any(domains)`),
      by('account', `domain_key(email) = any(domains)`),
      by('account', `phone_key(phone) = phone_of`),
    ].join(' union '),
  },
};

/** As the functions that search (\`db/platform/schema/search-function.ts\`): operators of text are not leakproof. */
const finder = (name: string, takes: string[], body: string): string[] => {
  const called = `${name}(${takes.map(t => t.split(' ')[1]).join(', ')})`;
  return [
    `create function ${name}(${takes.join(', ')}) returns setof uuid language sql stable security definer
     set search_path = public, pg_temp as $$ ${body} $$;`,
    `grant create on schema public to search_definer;`,
    `alter function ${called} owner to search_definer;`,
    `revoke create on schema public from search_definer;`,
    `revoke execute on function ${called} from public;`,
    `grant execute on function ${called} to app;`,
  ];
};

const listed = (...columns: string[]): string[][] =>
  [['created_at', 'id'], ...columns.map(column => [column])].map(rest => ['tenant_id', ...rest]);
const subject = `subject in ('contact', 'account')`;
const tables: Record<string, { columns: string; indexes: string[][]; checks: Record<string, string> }> = {
  duplicate_pair: {
    columns: `"subject" varchar(20) not null, "first_id" uuid not null, "second_id" uuid not null, "score" int not null,
      "reasons" text[] not null default '{}', "status" varchar(20) not null default 'open'`,
    indexes: listed('status', 'first_id', 'second_id'),
    checks: { subject, status: `status in ('open', 'dismissed', 'merged')` },
  },
  duplicate_scan: {
    columns: `"status" varchar(20) not null default 'running', "subject" varchar(20) not null default 'contact',
      "last_id" uuid null, "total" int not null, "done" int not null default 0, "found" int not null default 0,
      "finished_at" timestamptz null`,
    indexes: listed('status'),
    checks: { subject, status: `status in ('running', 'done', 'cancelled')` },
  },
  record_merge: {
    columns: `"subject" varchar(20) not null, "survivor_id" uuid not null, "title" varchar(255) not null,
      "merged_ids" uuid[] not null, "kept" jsonb not null, "undone_at" timestamptz null`,
    indexes: listed('survivor_id'),
    checks: { subject },
  },
};
