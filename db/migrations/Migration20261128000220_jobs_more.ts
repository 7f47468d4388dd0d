import { Migration } from '@mikro-orm/migrations';

/** How often a job is tried, by which API key it was asked for, and what came of it (PLT-083, 084). */
export class Migration20261128000220_jobs_more extends Migration {
  override up(): void {
    this.addSql(`alter table "job" add column "attempts" int not null default 0,
      add column "max_attempts" int not null default 3, add column "api_key_id" uuid null,
      add column "result" jsonb null;`);
    this.addSql(`create index "job_tenant_id_status_index" on "job" (tenant_id, status);`);
    this.addSql(`create index "job_tenant_id_type_status_index" on "job" (tenant_id, type, status);`);
    for (const sql of typesAre(['import', 'export', 'bulk', 'account_type_update'])) this.addSql(sql);
  }

  override down(): void {
    this.addSql(`delete from "job" where type = 'account_type_update';`);
    for (const sql of typesAre(['import', 'export', 'bulk'])) this.addSql(sql);
    this.addSql(`drop index "job_tenant_id_type_status_index";`);
    this.addSql(`drop index "job_tenant_id_status_index";`);
    this.addSql(`alter table "job" drop column "attempts", drop column "max_attempts", drop column "api_key_id",
      drop column "result";`);
  }
}

const typesAre = (types: string[]): string[] => [
  `alter table "job" drop constraint "job_type_check";`,
  `alter table "job" add constraint "job_type_check" check (type in (${types.map(t => `'${t}'`).join(', ')}));`,
];
