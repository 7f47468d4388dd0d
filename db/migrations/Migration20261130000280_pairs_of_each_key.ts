import { Migration } from '@mikro-orm/migrations';
import {
  behindEach, pairFunction, pairsBy, tenant, type ByEachKey,
} from './Migration20261130000278_duplicate_blocks.ts';

/**
 * Who has a key is looked up key by key. As a join it was not: of a base of some ten thousand the planner had all read
 * for each record, since it takes ten keys to have fifty rows each (12 ms for each of 10,000 contacts instead of 1 ms).
 */
export class Migration20261130000280_pairs_of_each_key extends Migration {
  override up(): void {
    this.replace(pairsBy(eachByItself));
  }

  override down(): void {
    this.replace(pairsBy(behindEach));
  }

  private replace(functions: Record<string, string>): void {
    for (const [name, body] of Object.entries(functions)) {
      this.addSql(`drop function ${name}(uuid, int, jsonb);`);
      for (const sql of pairFunction(name, body)) this.addSql(sql);
    }
  }
}

const eachByItself: ByEachKey = (table, keys, column) => `(select o.id from unnest(${keys}) keys (k), lateral (
    select o.id from "${table}" o where o.tenant_id = ${tenant} and o.deleted_at is null and ${column} = keys.k
      and (o.id > t.id) is true limit 20) o limit 20)`;
