import { Migration } from '@mikro-orm/migrations';

const types = (all: string): string => `alter table "notification" drop constraint "notification_type_check",
  add constraint "notification_type_check" check (type in (${all}));`;
const before = `'email', 'in_app', 'sms', 'webhook'`;

/** Messages leave by further channels than mail (PLT-072, 073). */
export class Migration20261128000251_channels extends Migration {
  override up(): void {
    this.addSql(`alter table "mail" add column "channel" varchar(10) not null default 'email';`);
    this.addSql(`alter table "mail" add constraint "mail_channel_check"
      check (channel in ('email', 'sms', 'slack', 'webhook'));`);
    this.addSql(`alter table "app_user" add column "channels_cipher" text null;`);
    this.addSql(types(`${before}, 'slack'`));
  }

  override down(): void {
    this.addSql(`delete from "notification" where type = 'slack';`);
    this.addSql(types(before));
    this.addSql(`alter table "app_user" drop column "channels_cipher";`);
    this.addSql(`alter table "mail" drop column "channel";`);
  }
}
