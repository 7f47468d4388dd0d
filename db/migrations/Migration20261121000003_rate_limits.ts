import { Migration } from '@mikro-orm/migrations';

/** Counters of requests, shared by all API processes. */
export class Migration20261121000003_rate_limits extends Migration {
  override up(): void {
    this.addSql('create table "rate_limit_bucket" ("key" varchar(255) not null, "points" int not null default 0, "expire" bigint null, primary key ("key"));');
    this.addSql('grant select, insert, update, delete on "rate_limit_bucket" to app;');
  }

  override down(): void {
    this.addSql('drop table "rate_limit_bucket";');
  }
}
