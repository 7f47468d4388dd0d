import { Migration } from '@mikro-orm/migrations';
import { keepsEntry, type Kept } from '../platform/search/keep-entry.ts';

/** The one search finds contacts by their further addresses and numbers too (CRM-120). */
export class Migration20261130000314_search_of_further extends Migration {
  override up(): void {
    this.addSql(listedValues);
    this.follow(withFurther);
  }

  override down(): void {
    this.follow(before);
    this.addSql('drop function listed_values(jsonb);');
  }

  /** Of contacts that have no further ones nothing else is found than before. */
  private follow(kept: Kept): void {
    const only = 'r.emails is not null or r.phones is not null';
    for (const sql of keepsEntry('contact', kept, { only })) this.addSql(sql);
  }
}

const listedValues = `create function listed_values(jsonb) returns text
  language sql immutable strict parallel safe as $$
  select string_agg(e ->> 'value', E'\\n') from jsonb_array_elements(
    case jsonb_typeof($1) when 'array' then $1 else '[]' end) e
$$;`;

const before: Kept = {
  type: 'contact', title: 'full_name', phones: ['work_phone', 'mobile'],
  body: ['email_address', 'job_title', 'department', 'city', 'description'],
};
/** A long description is cut: what is short stands before it. */
const withFurther: Kept = {
  ...before, phones: ['work_phone', 'mobile', { list: 'phones' }],
  body: ['email_address', { list: 'emails' }, 'job_title', 'department', 'city', 'description'],
};
