import { Migration } from '@mikro-orm/migrations';

/** A number is found with and without its country also where the national one has fewer than nine figures. */
export class Migration20261130000274_national_phone_keys extends Migration {
  override up(): void {
    this.#compareBy(national);
  }
  override down(): void {
    this.#compareBy(lastNine);
  }

  /** What an index holds was made by the function as it was. */
  #compareBy(body: string): void {
    this.addSql(`create or replace function phone_key(text) returns text
      language sql immutable strict parallel safe as $$ ${body} $$;`);
    for (const index of indexes) this.addSql(`reindex index "${index}";`);
  }
}

const indexes = ['contact_work_phone_key', 'contact_mobile_key', 'contact_phones_key', 'account_phone_key'];

/** The same key as that of `domain/crm/duplicate/phone.ts`: country codes have one, two or three figures (E.164). */
const national = `select case when length(n) >= 7 then right(n, 9) end from (
    select ltrim(case
      when abroad is null then regexp_replace(dialled, '[^0-9]', '', 'g')
      when abroad ~ '^[17]' then substr(abroad, 2)
      when abroad ~ '^(2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])' then substr(abroad, 3)
      else substr(abroad, 4) end, '0') as n
    from (select dialled, substring(dialled from '^(?:[+]|00)([0-9]*)') as abroad
      from (select regexp_replace(replace($1, '(0)', ''), '[^0-9+]', '', 'g') as dialled) cleaned) told) numbers`;
const lastNine = `select case when length(f) >= 7 then right(f, 9) end
    from (select regexp_replace($1, '[^0-9]', '', 'g') as f) figures`;
