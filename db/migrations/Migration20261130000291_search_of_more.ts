import { Migration } from '@mikro-orm/migrations';
import { dropKeepsEntry, keepsEntry, type Kept } from '../platform/search/keep-entry.ts';

/** The one search finds interactions, groups, warehouses, templates of mails, comments and files too (CRM-120). */
export class Migration20261130000291_search_of_more extends Migration {
  override up(): void {
    this.types([...before, ...Object.values(searched).map(s => s.type)]);
    for (const [name, kept] of Object.entries(searched)) for (const sql of keepsEntry(name, kept)) this.addSql(sql);
  }

  override down(): void {
    for (const name of Object.keys(searched)) for (const sql of dropKeepsEntry(name)) this.addSql(sql);
    this.addSql(`do $$ declare t uuid; begin
      for t in select id from tenant loop
        perform set_config('app.tenant', t::text, true);
        delete from search_entry where type <> all ('{${before.join(',')}}');
      end loop;
      perform set_config('app.tenant', '', true);
    end $$;`);
    this.types(before);
  }

  private types(types: readonly string[]): void {
    this.addSql(`alter table "search_entry" drop constraint "search_entry_type_check";`);
    this.addSql(`alter table "search_entry" add constraint "search_entry_type_check"
      check (type in (${types.map(t => `'${t}'`).join(', ')}));`);
  }
}

const before = ['account', 'contact', 'opportunity', 'pov', 'product', 'task', 'ticket'];
const searched: Record<string, Kept> = {
  interaction: { type: 'interaction', title: 'subject', body: ['description', 'outcome'] },
  crm_group: { type: 'group', title: 'group_name', body: ['group_type', 'description'] },
  warehouse: {
    type: 'warehouse', title: 'name', phones: ['phone'],
    body: ['code', 'city', 'address_line1', 'postal_code', 'email'],
  },
  email_template: { type: 'email-template', title: 'name', body: ['subject', 'body'] },
  crm_comment: { type: 'comment', title: 'body', titleMax: 120, body: ['body'] },
  attachment: { type: 'file', title: 'name', body: [], state: 'stored' },
};
