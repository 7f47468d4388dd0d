import { Migration } from '@mikro-orm/migrations';

/**
 * Who may be one is found by keys that names share which are near, of contacts together with what else they must share,
 * and not among all names alike: a base of a million is compared in minutes (decision 20).
 */
export class Migration20261130000278_duplicate_blocks extends Migration {
  override up(): void {
    this.addSql(`drop function similar_contacts(${typesOf(typedBefore)});`);
    this.addSql(`drop function similar_accounts(${typesOf(typedAccount)});`);
    for (const index of ['contact_name_like', 'account_name_like']) this.addSql(`drop index "${index}";`);
    this.addSql(`drop index "contact_name_key";`);
    for (const sql of [...keys, ...indexes]) this.addSql(sql);
    for (const sql of owned('similar_contacts', 'setof uuid', typed, similar)) this.addSql(sql);
    // For programs of the version before, until they are replaced.
    for (const sql of owned('similar_contacts', 'setof uuid', typedBefore, asBefore)) this.addSql(sql);
    const ofBlock = similarAccounts(inBlocks('company_blocks(name)'));
    for (const sql of owned('similar_accounts', 'setof uuid', typedAccount, ofBlock)) this.addSql(sql);
    for (const [name, pairs] of Object.entries(pairsOf))
      for (const sql of pairFunction(name, pairs)) this.addSql(sql);
    this.addSql(`alter table "duplicate_scan" add column "at_once" int not null default 500,
      add column "crowded" int not null default 0, add column "passed" int not null default 0;`);
  }

  override down(): void {
    this.addSql(`alter table "duplicate_scan" drop column "at_once", drop column "crowded", drop column "passed";`);
    for (const name of Object.keys(pairsOf)) this.addSql(`drop function ${name}(uuid, int, jsonb);`);
    for (const takes of [typedBefore, typed]) this.addSql(`drop function similar_contacts(${typesOf(takes)});`);
    this.addSql(`drop function similar_accounts(${typesOf(typedAccount)});`);
    for (const name of ['contact_near', 'contact_name_key', 'account_near']) this.addSql(`drop index "${name}";`);
    this.addSql(`drop function contact_evidence(uuid, text, text, text, jsonb);`);
    for (const name of ['company_blocks', 'last_keys', 'first_keys', 'plain_words'])
      this.addSql(`drop function ${name}(text);`);
    this.addSql(`create index "contact_name_key" on "contact" (tenant_id, (${nameOf('')}));`);
    this.addSql(`create index "contact_name_like" on "contact" using gin ((${nameOf('')}) gin_trgm_ops);`);
    this.addSql(`create index "account_name_like" on "account" using gin ((${company}) gin_trgm_ops);`);
    for (const sql of owned('similar_contacts', 'setof uuid', typedBefore, similarBefore)) this.addSql(sql);
    const ofAll = similarAccounts(amongAll);
    for (const sql of owned('similar_accounts', 'setof uuid', typedAccount, ofAll)) this.addSql(sql);
  }
}

const legalForms = [
  'inc', 'incorporated', 'llc', 'ltd', 'limited', 'corp', 'corporation', 'co', 'company', 'gmbh', 'ag', 'kg', 'plc',
  'sa', 'sas', 'sarl', 'srl', 'spa', 'bv', 'nv', 'ab', 'oy', 'pty', 'lp', 'llp', 'the',
];

const key = (signature: string, returns: string, body: string, strict = 'strict'): string =>
  `create function ${signature} returns ${returns} language sql immutable ${strict} parallel safe as $$ ${body} $$;`;

const keys = [
  key('plain_words(text)', 'text', `select btrim(regexp_replace(lower(
    regexp_replace(normalize($1, NFKD), '[\\u0300-\\u036f]', '', 'g')), '[^[:alnum:]]+', ' ', 'g'))`),
  // Two words of five letters and more that are one letter apart, or have two swapped, share one of these.
  key('last_keys(text)', 'text[]', `select case when length(w) < 5 or w ~ '[0-9]' then array[w] else array(
      select w union select overlay(w placing '' from n for 1) from generate_series(1, length(w)) n) end
    from (select public.plain_words($1) as w offset 0) words`),
  // First names that are near begin with the same letter or, but for nicknames, end in the same two.
  key('first_keys(text)', 'text[]', `select case when w = '' then '{}'::text[]
      when length(w) < 4 then array[left(w, 1)] else array[left(w, 1), '-' || right(w, 2)] end
    from (select split_part(public.plain_words($1), ' ', 1) as w offset 0) words`),
  // What makes one of two whose names are near: the account, the domain of the mail address, a number.
  key('contact_evidence(account uuid, mail text, work text, mobile text, more jsonb)', 'text[]', `select array_remove(
    array[account::text, public.domain_key(mail), public.phone_key(work), public.phone_key(mobile)]
      || coalesce(public.phone_keys(more), '{}'), null)`, ''),
  // Names of companies that are near are one letter apart as one word, or share a word and begin or end of another, or
  // begin or end alike where one word is most of them. Legal forms are none of their words, unless they have no others.
  key('company_blocks(text)', 'text[]', `with every as (
      select w, n, w = any('{${legalForms.join(',')}}') as legal
      from unnest(string_to_array(public.plain_words($1), ' ')) with ordinality words (w, n)),
    own as (select w, n, sum(length(w)) over () as letters from every
      where (not legal or not exists (select from every where not legal)) and n <= 12)
    select array(
      select unnest(public.last_keys((select string_agg(w, '' order by n) from own)))
      union select a.w || '|' || part from own a join own b on b.n <> a.n,
        unnest(array[left(b.w, 4), '-' || right(b.w, 4)]) part
      union select part from own, unnest(array['=' || w, '^' || left(w, 4), '-' || right(w, 5)]) part
        where length(w) >= 0.6 * letters)`),
];

const nameOf = (alias: string): string => `word_key(${alias}first_name || ' ' || ${alias}last_name)`;
const evidenceOf = (alias: string): string => `contact_evidence(${['account_id', 'email_address', 'work_phone',
  'mobile', 'phones'].map(column => alias + column).join(', ')})`;
const indexes = [
  // With the id, so that the next of many who have one name are found without sorting all of them.
  `create index "contact_name_key" on "contact" (tenant_id, (${nameOf('')}), id);`,
  `create index "account_near" on "account" using gin (company_blocks(account_name));`,
  `create index "contact_near" on "contact"
     using gin (last_keys(last_name), first_keys(first_name), (${evidenceOf('')}));`,
];

export const tenant = `nullif(current_setting('app.tenant', true), '')::uuid`;
/** One way to find rows that may be the same; each is bounded, so that a common value costs little. */
const by = (table: string, condition: string, order = '', among = ''): string =>
  `(select o.id from ${among} "${table}" o where o.tenant_id = ${tenant} and o.deleted_at is null and ${condition}
    ${order} limit 20)`;
const near = (lasts: string, firsts: string, evidence: string): string =>
  `last_keys(o.last_name) && ${lasts} and first_keys(o.first_name) && ${firsts} and ${evidenceOf('o.')} && ${evidence}`;

const typed = ['mails text[]', 'phone_keys text[]', 'first text', 'last text', 'more_firsts text[]', 'evidence text[]'];
const similar = [
  by('contact', `lower(o.email_address) = any(mails)`),
  by('contact', `o.emails is not null and mail_keys(o.emails) && mails`),
  by('contact', `phone_key(o.work_phone) = any(phone_keys)`),
  by('contact', `phone_key(o.mobile) = any(phone_keys)`),
  by('contact', `o.phones is not null and phone_keys(o.phones) && phone_keys`),
  by('contact', `${nameOf('o.')} = word_key(first || ' ' || last)`, 'order by o.id'),
  by('contact', near('last_keys(last)', `(first_keys(first) || more_firsts)`, 'evidence')),
].join(' union ');

const company = 'company_key(account_name)';
/** The likest of a block. Compared as they are written: a block is large, and its keys have done the rest. */
const inBlocks = (blocks: string) => (name: string, more = ''): string => `(select id from (
    select o.id, similarity(o.account_name, ${name}) as alike from "account" o where o.tenant_id = ${tenant}
      and o.deleted_at is null and company_blocks(o.account_name) && ${blocks} ${more} offset 0) o
  where alike >= 0.2 order by alike desc, id limit 20)`;
const amongAll = (): string => by('account', `${company} % company_key(name)
  and similarity(${company}, company_key(name)) >= 0.5`,
`order by similarity(${company}, company_key(name)) desc, o.id`);
const typedAccount = ['name text', 'domains text[]', 'phone_of text'];

/** Each pair is found at the one of both that comes first. Said so that no index by the id is gone through for it. */
const behind = (table: string, condition: string, order = ''): string =>
  by(table, `${condition} and (o.id > t.id) is true`, order);
export type ByEachKey = (table: string, keys: string, column: string) => string;
/** The same of each key by itself: the planner knows how many rows have one, and not how many have any of some. */
export const behindEach: ByEachKey = (table, keys, column) =>
  by(table, `${column} = keys.k and (o.id > t.id) is true`, '', `unnest(${keys}) keys (k),`);
/** The records behind `after` in the order of their ids, each with those behind it that may be the same. */
const paired = (table: string, columns: string, ways: string[]): string => `
  with t as materialized (select o.id, ${columns} from "${table}" o where o.tenant_id = ${tenant}
    and o.deleted_at is null and o.id > coalesce(after, '00000000-0000-0000-0000-000000000000')
    order by o.id limit wanted)
  select t.id, s.id from t left join lateral (${ways.join(' union ')}) s on true`;

/** The functions that find pairs, by how they look for each of several keys, and for names that are near. */
export const pairsBy = (behindEach: ByEachKey, behindNear = behind) => ({
  // Known are the initials of other names that a first name goes by, and domains where anybody has an address.
  contact_pairs: paired('contact', `
      array_remove(lower(o.email_address) || coalesce(mail_keys(o.emails), '{}'), null) as mails,
      array_remove(phone_key(o.mobile) || array(select phone_key(e ->> 'value') from jsonb_array_elements(
        case jsonb_typeof(o.phones) when 'array' then o.phones else '[]' end) e
        where e ->> 'type' ~* '^(mobile|cell)'), null) as mobiles,
      ${nameOf('o.')} as name, last_keys(o.last_name) as lasts,
      first_keys(o.first_name) || array(select jsonb_array_elements_text(
        known -> 'nicknames' -> split_part(plain_words(o.first_name), ' ', 1))) as firsts,
      array(select e from unnest(${evidenceOf('o.')}) e where not known -> 'domains' ? e) as evidence`, [
    behindEach('contact', 't.mails', 'lower(o.email_address)'),
    behind('contact', `o.emails is not null and mail_keys(o.emails) && t.mails`),
    behindEach('contact', 't.mobiles', 'phone_key(o.mobile)'),
    behind('contact', `o.phones is not null and phone_keys(o.phones) && t.mobiles`),
    by('contact', `${nameOf('o.')} = t.name and o.id > t.id`, 'order by o.id'),
    behindNear('contact', near('t.lasts', 't.firsts', 't.evidence')),
  ]),
  account_pairs: paired('account', `${company} as name, company_blocks(o.account_name) as blocks,
      o.account_name as written,
      array(select d from unnest(array[domain_key(o.website_url), domain_key(o.email)]) d
        where d is not null and not known -> 'domains' ? d) as domains`, [
    behind('account', `${company} = t.name`),
    inBlocks('t.blocks')('t.written', 'and (o.id > t.id) is true'),
    behindEach('account', 't.domains', 'domain_key(o.website_url)'),
    behindEach('account', 't.domains', 'domain_key(o.email)'),
  ]),
});
const pairsOf = pairsBy(behindEach);

const typesOf = (takes: readonly string[]): string => takes.map(each => each.split(' ')[1]).join(', ');
/** As the functions that search (`db/platform/schema/search-function.ts`): operators of text are not leakproof. */
const owned = (name: string, returns: string, takes: readonly string[], body: string): string[] => {
  const called = `${name}(${typesOf(takes)})`;
  return [
    `create function ${name}(${takes.join(', ')}) returns ${returns} language sql stable security definer
     set search_path = public, pg_temp as $$ ${body} $$;`,
    `grant create on schema public to search_definer;`,
    `alter function ${called} owner to search_definer;`,
    `revoke create on schema public from search_definer;`,
    `revoke execute on function ${called} from public;`,
    `grant execute on function ${called} to app;`,
  ];
};

const answered = 'table (id uuid, other_id uuid)';
export const pairFunction = (name: string, body: string): string[] =>
  owned(name, answered, ['after uuid', 'wanted int', 'known jsonb'], body);

function similarAccounts(alike: (name: string) => string): string {
  return [
    by('account', `${company} = company_key(name)`), alike('name'),
    by('account', `domain_key(o.website_url) = any(domains)`), by('account', `domain_key(o.email) = any(domains)`),
    by('account', `phone_key(o.phone) = phone_of`),
  ].join(' union ');
}

const asBefore = `select public.similar_contacts(mails, phone_keys, first, last, '{}'::text[],
  array_remove(account::text || phone_keys, null))`;
const typedBefore = ['mails text[]', 'phone_keys text[]', 'first text', 'last text', 'account uuid'];
const wantedBefore = `word_key(first || ' ' || last)`;
const similarBefore = [
  ...similar.split(' union ').slice(0, 5),
  by('contact', `${nameOf('o.')} = ${wantedBefore}`),
  by('contact', `${nameOf('o.')} % ${wantedBefore} and similarity(${nameOf('o.')}, ${wantedBefore}) >= 0.5`,
    `order by similarity(${nameOf('o.')}, ${wantedBefore}) desc, o.id`),
  by('contact', `o.account_id = account and word_key(o.last_name) = word_key(last)`, 'order by o.id'),
].join(' union ');
