import { Migration } from '@mikro-orm/migrations';

const titles = { interaction: 'subject', task: 'title', ticket: 'issue' };

/** A row of a file asks for those of its title: many are called the same, and one that says the same comes once. */
export class Migration20261130000326_activities_by_title extends Migration {
  override up(): void {
    for (const [table, title] of Object.entries(titles))
      this.addSql(`create index "${table}_tenant_id_${title}_index" on "${table}" ("tenant_id", "${title}");`);
  }

  override down(): void {
    for (const [table, title] of Object.entries(titles)) this.addSql(`drop index "${table}_tenant_id_${title}_index";`);
  }
}
