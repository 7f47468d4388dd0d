import { createHash } from 'node:crypto';
import type { TestDatabase } from './database.ts';
import { inDatabase } from './in-database.ts';

/** Not changes: who was refused, how often somebody calls, and what was seen last. */
const apart: Record<string, string> = {
  audit_log: `where action not in ('LOGIN', 'ACCESS_DENIED')`,
  rate_limit_bucket: 'where false',
};

/** How many rows each table has: the same before and after what changes nothing. */
export async function rowCounts(app: { database: TestDatabase }): Promise<Record<string, number>> {
  const tables = await inDatabase<{ name: string }>(
    app,
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`,
  );
  const counts = tables.map(({ name }) => `(select count(*)::int from "${name}" ${apart[name] ?? ''}) as "${name}"`);
  const text = `select ${counts.join(', ')}`;
  // Prepared under a name, since to plan it takes longer than to run it; another one once there are other tables.
  const name = `counts ${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  const [row] = await inDatabase<Record<string, number>>(app, { name, text });
  return row!;
}
