import { Migration } from '@mikro-orm/migrations';
import { newTable } from '../platform/schema/new-table.ts';
import { dropSearchFunction } from '../platform/schema/search-function.ts';

const before = `'queued', 'sending', 'sent', 'not-sent', 'refused', 'unknown'`;
const states = (all: string): string => `alter table "mail" drop constraint "mail_status_check",
  add constraint "mail_status_check" check (status in (${all}));`;

/** Texts of mails with places to be filled in (CRM-093); where answers to a mail go, and what is reported of it. */
export class Migration20261128000250_email_templates extends Migration {
  override up(): void {
    const table = newTable('email_template', {
      columns: `"name" varchar(200) not null, "subject" varchar(300) not null, "body" text not null,
        "notification" varchar(100) null, "active" boolean not null default true`,
      unique: ['name'],
      searched: ['name', 'subject'],
    });
    for (const sql of table) this.addSql(sql);
    this.addSql(`create unique index "email_template_notification_unique" on "email_template" (tenant_id, notification)
      where deleted_at is null and notification is not null;`);
    this.addSql(`alter table "mail" add column "reply_to" varchar(255) null;`);
    this.addSql(states(`${before}, 'delivered', 'bounced'`));
  }

  override down(): void {
    this.addSql(`update "mail" set status = 'sent' where status = 'delivered';`);
    this.addSql(`update "mail" set status = 'refused' where status = 'bounced';`);
    this.addSql(states(before));
    this.addSql(`alter table "mail" drop column "reply_to";`);
    for (const sql of dropSearchFunction('email_template')) this.addSql(sql);
    this.addSql('drop table "email_template";');
  }
}
