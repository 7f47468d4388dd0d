import { Migration } from '@mikro-orm/migrations';

const before = ['import', 'export', 'bulk', 'account_type_update'];
const more = ['image_extraction', 'pdf', 'report'];
const listed = (types: string[]): string => types.map(t => `'${t}'`).join(', ');
const typesAre = (types: string[]): string[] => [
  `alter table "job" drop constraint "job_type_check";`,
  `alter table "job" add constraint "job_type_check" check (type in (${listed(types)}));`,
];

/** Unread notifications come as one mail to who wants that (PLT-075); jobs of further types (PLT-087). */
export class Migration20261128000256_digest extends Migration {
  override up(): void {
    this.addSql(`alter table "app_user" add column "digest" varchar(10) not null default 'off',
      add column "digest_id" uuid null, add column "digested_at" timestamptz null;`);
    this.addSql(`alter table "app_user" add constraint "app_user_digest_check"
      check (digest in ('off', 'daily', 'weekly'));`);
    for (const sql of typesAre([...before, ...more])) this.addSql(sql);
    this.addSql(`create index "app_user_tenant_id_digest_id_index" on "app_user" (tenant_id, digest_id);`);
  }

  override down(): void {
    this.addSql(`delete from "job" where type in (${listed(more)});`);
    for (const sql of typesAre(before)) this.addSql(sql);
    this.addSql(`alter table "app_user" drop column "digest", drop column "digest_id", drop column "digested_at";`);
  }
}
