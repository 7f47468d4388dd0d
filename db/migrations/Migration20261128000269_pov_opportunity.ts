import { Migration } from '@mikro-orm/migrations';
import { foreignKey } from '../platform/schema/own-table.ts';

/** The opportunity of a POV is one of ours; what an outside CRM calls its own stands in a column of its own (POV-061). */
export class Migration20261128000269_pov_opportunity extends Migration {
  override up(): void {
    this.addSql(`alter table "pov" add column "outside_opportunity_id" varchar(100) null;`);
    this.addSql(`drop index "pov_tenant_id_opportunity_id_index";`);
    this.addSql(`update "pov" p set outside_opportunity_id = opportunity_id, opportunity_id = null
      where opportunity_id is not null and not exists (
        select 1 from opportunity o where o.tenant_id = p.tenant_id and o.id::text = lower(p.opportunity_id));`);
    // What it is called stands there, for those who may read it.
    this.addSql(`update "pov" set opportunity_name = null where opportunity_id is not null;`);
    // A row that was changed has work left for the end of the transaction, which a change of the table would meet.
    this.addSql('set constraints all immediate;');
    this.addSql(`alter table "pov" alter column "opportunity_id" type uuid using opportunity_id::uuid;`);
    this.addSql('set constraints all deferred;');
    this.addSql(foreignKey('pov', 'opportunity_id', 'opportunity', 'set null'));
    for (const column of columns)
      this.addSql(`create index "pov_tenant_id_${column}_index" on "pov" (tenant_id, ${column});`);
  }

  override down(): void {
    for (const column of columns) this.addSql(`drop index "pov_tenant_id_${column}_index";`);
    this.addSql(`alter table "pov" drop constraint "pov_opportunity_id_fkey";`);
    this.addSql(`alter table "pov" alter column "opportunity_id" type varchar(100)
      using coalesce(opportunity_id::text, outside_opportunity_id);`);
    this.addSql(`alter table "pov" drop column "outside_opportunity_id";`);
    this.addSql(`create index "pov_tenant_id_opportunity_id_index" on "pov" (tenant_id, opportunity_id);`);
  }
}

const columns = ['opportunity_id', 'outside_opportunity_id'] as const;
