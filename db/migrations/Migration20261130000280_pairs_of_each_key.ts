import { Migration } from '@mikro-orm/migrations';
import {
  behindEach, pairFunction, pairsBy, tenant, type ByEachKey,
} from './Migration20261130000278_duplicate_blocks.ts';

/**
 * What made a search for duplicates slow. As a join of keys and records a base of some ten thousand was read whole for
 * each record, since the planner takes ten keys to have fifty rows each: 12 ms for each of 10,000 contacts, 0.6 ms key
 * by key. And what was written lately waits in a list before an index of many keys, which every look reads from its
 * beginning: behind 2,000 changes a contact took 7.6 ms, behind the shortest list 0.6 ms, for 0.2 ms more a change.
 */
export class Migration20261130000280_pairs_of_each_key extends Migration {
  override up(): void {
    this.replace(pairsBy(eachByItself, byKeysAlone));
    for (const index of manyKeys) {
      this.addSql(`alter index "${index}" set (gin_pending_list_limit = 64);`);
      this.addSql(`select gin_clean_pending_list('"${index}"');`);
    }
  }

  override down(): void {
    this.replace(pairsBy(behindEach));
    for (const index of manyKeys) this.addSql(`alter index "${index}" reset (gin_pending_list_limit);`);
  }

  private replace(functions: Record<string, string>): void {
    for (const [name, body] of Object.entries(functions)) {
      this.addSql(`drop function ${name}(uuid, int, jsonb);`);
      for (const sql of pairFunction(name, body)) this.addSql(sql);
    }
  }
}

const manyKeys = ['contact_near', 'account_near'];
const eachByItself: ByEachKey = (table, keys, column) => `(select o.id from unnest(${keys}) keys (k), lateral (
    select o.id from "${table}" o where o.tenant_id = ${tenant} and o.deleted_at is null and ${column} = keys.k
      and (o.id > t.id) is true limit 20) o limit 20)`;
/** Said so that only the index of the keys fits: without statistics yet, all of the tenant's would be gone through. */
const byKeysAlone = (table: string, condition: string): string => `(select o.id from "${table}" o
    where (o.tenant_id = ${tenant}) is true and (o.deleted_at is null) is true and ${condition}
      and (o.id > t.id) is true limit 20)`;
