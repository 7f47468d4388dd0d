import type { TestDatabase } from '../database.ts';
import { inDatabase } from '../in-database.ts';

/** What tells of changes, and of those who ask for them: it grows with each. */
const apart = new RegExp(`^(${[
  'audit_log', 'outbox_event', 'idempotency', 'rate_limit_bucket', 'record_merge', 'job', 'stored_file', 'process',
  'stream', 'session', 'scoring_run', 'notification', 'mail',
].join('|')})`);

/**
 * All rows of all tables that are there, those that are deleted softly left out, without the stamps that each change
 * moves: the same before something and after it was taken back. By table, sorted.
 */
export async function allRows(app: { database: TestDatabase }): Promise<Record<string, object[]>> {
  const tables = await inDatabase<{ name: string }>(
    app, `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`,
  );
  const named = tables.map(table => table.name).filter(name => !apart.test(name));
  const parts = named.map(name => `(select coalesce(jsonb_agg(r order by r::text), '[]') from (
    select to_jsonb(t) - '{version,updated_at,updated_by,recorded_at}'::text[] as r from "${name}" t) x
    where x.r ->> 'deleted_at' is null) as "${name}"`);
  const [rows] = await inDatabase<Record<string, object[]>>(app, `select ${parts.join(', ')}`);
  return rows!;
}
