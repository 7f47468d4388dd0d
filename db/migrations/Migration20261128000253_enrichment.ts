import { Migration } from '@mikro-orm/migrations';
import { newTable } from '../platform/schema/new-table.ts';
import { foreignKey } from '../platform/schema/own-table.ts';

/** The service that knows companies, what it was asked, and what it found until somebody decides (CRM-010). */
export class Migration20261128000253_enrichment extends Migration {
  override up(): void {
    const tables = [
      ...newTable('enrichment_source', {
        columns: `"name" varchar(100) not null, "url" varchar(500) not null, "fields" jsonb not null,
          "secret_cipher" text not null, "active" boolean not null default true`,
      }),
      `create unique index "enrichment_source_tenant_id_unique" on "enrichment_source" (tenant_id)
        where deleted_at is null;`,
      ...newTable('enrichment', {
        columns: `"account_id" uuid not null, "domain" varchar(255) not null, "source" varchar(100) not null,
          "status" varchar(20) not null default 'running', "problem" varchar(500) null, "finished_at" timestamptz null`,
        indexes: [['account_id']],
        checks: { status: `status in ('running', 'found', 'nothing', 'failed')` },
      }),
      foreignKey('enrichment', 'account_id', 'account', 'cascade'),
      ...newTable('enrichment_proposal', {
        columns: `"enrichment_id" uuid not null, "account_id" uuid not null, "field" varchar(50) not null,
          "present" text null, "found" text not null, "status" varchar(20) not null default 'open'`,
        indexes: [['enrichment_id'], ['account_id', 'status']],
        checks: { status: `status in ('open', 'accepted', 'dismissed', 'replaced')` },
      }),
      foreignKey('enrichment_proposal', 'enrichment_id', 'enrichment', 'cascade'),
      foreignKey('enrichment_proposal', 'account_id', 'account', 'cascade'),
      `alter table "enrichment_proposal" add constraint "enrichment_proposal_field_unique"
        unique (tenant_id, enrichment_id, field);`,
    ];
    for (const sql of tables) this.addSql(sql);
  }

  override down(): void {
    for (const table of ['enrichment_proposal', 'enrichment', 'enrichment_source'])
      this.addSql(`drop table "${table}";`);
  }
}
