import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';

interface Column {
  name: string;
  type: string;
  /** The first value that its check allows. */
  allowed: string | null;
}
export interface Planted {
  table: string;
  columns: string[];
  values: unknown[];
}

/** One row of any kind, made past foreign keys by the superuser: only whose it is matters. `id` is every id in it. */
export async function plantRow(admin: Client, table: string, tenantId: string, id = randomUUID()): Promise<Planted> {
  const { rows } = await admin.query<Column>(
    `select a.attname as name, format_type(a.atttypid, null) as type,
       (select (regexp_match(pg_get_constraintdef(k.oid), '''([^'']*)'''))[1] from pg_constraint k
        where k.conrelid = a.attrelid and k.contype = 'c' and k.conkey = array[a.attnum]) as allowed
     from pg_attribute a where a.attrelid = $1::regclass and a.attnum > 0 and not a.attisdropped
       and a.attgenerated = '' and not a.atthasdef and (a.attnotnull or a.attname = 'tenant_id')`,
    [table],
  );
  const planted = {
    table,
    columns: rows.map(c => c.name),
    values: rows.map(c => {
      if (c.name === 'tenant_id') return tenantId;
      return c.type === 'uuid' || /(^|_)id$/.test(c.name) ? id : valueOf(c);
    }),
  };
  await admin.query(`set session_replication_role = replica`);
  await admin.query(insertOf(planted), planted.values);
  return planted;
}

export function insertOf({ table, columns }: Planted): string {
  const names = columns.map(c => `"${c}"`).join(', ');
  return `insert into "${table}" (${names}) values (${columns.map((_, i) => `$${i + 1}`).join(', ')})`;
}

function valueOf({ type, allowed }: Column): unknown {
  if (allowed !== null) return allowed;
  if (type.endsWith('[]')) return '{}';
  if (type === 'json' || type === 'jsonb') return '{}';
  if (type === 'boolean') return false;
  if (/^(timestamp|date)/.test(type)) return '2026-11-24T09:00:00Z';
  return /^(character|text)/.test(type) ? 'x' : 1;
}

/** What somebody of a tenant can do to the rows of a table. `null` where the role may not do it at all. */
export interface Reach {
  seen: number;
  updated: number | null;
  deleted: number | null;
  inserted: boolean;
}

export async function reachOf(app: Client, tenantId: string | null, planted: Planted): Promise<Reach> {
  const { table } = planted;
  const attempt = async (text: string, values: unknown[] = []): Promise<number | null> => {
    await app.query('savepoint here');
    try {
      return (await app.query(text, values)).rowCount;
    } catch (e) {
      const { code = '' } = e as { code?: string };
      if (code === '42501') return null;
      // Refused by a key: the guard itself had let it pass.
      if (code.startsWith('23')) return 1;
      throw e;
    } finally {
      await app.query('rollback to savepoint here');
    }
  };
  await app.query('begin');
  await app.query(`select set_config('app.tenant', $1, true)`, [tenantId ?? '']);
  const reach = {
    seen: (await app.query(`select 1 from "${table}"`)).rowCount ?? 0,
    updated: await attempt(`update "${table}" set tenant_id = tenant_id`),
    deleted: await attempt(`delete from "${table}"`),
    inserted: (await attempt(`${insertOf(planted)} on conflict do nothing`, planted.values)) !== null,
  };
  await app.query('rollback');
  return reach;
}
