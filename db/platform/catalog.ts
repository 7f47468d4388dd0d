import type { Client } from 'pg';

/** Everything that makes the schema what it is, one line for each thing; lists of two databases can be compared. */
export async function catalogOf(db: Client): Promise<string[]> {
  const { rows } = await db.query<{ line: string }>({ text: parts.join(' union all '), values: [] });
  return rows.map(row => row.line).sort();
}

/** What one list has and the other lacks. */
export function catalogDifference(wanted: readonly string[], found: readonly string[]): string[] {
  const [left, right] = [new Set(wanted), new Set(found)];
  return [
    ...wanted.filter(line => !right.has(line)).map(line => `missing: ${line}`),
    ...found.filter(line => !left.has(line)).map(line => `unexpected: ${line}`),
  ];
}

/** The table in which the migrations note what has run. */
export const MIGRATIONS = 'mikro_orm_migrations';

const ours = `n.nspname = 'public' and c.relname not like '${MIGRATIONS}%'`;
const classes = 'pg_class c join pg_namespace n on n.oid = c.relnamespace';
const roleName = `case g.grantee when 0 then 'public' else pg_get_userbyid(g.grantee) end`;

const parts = [
  `select concat_ws(' ', 'relation', c.relkind, c.relname, case when c.relrowsecurity then 'row-level security' end,
     case when c.relforcerowsecurity then 'forced' end) as line from ${classes} where ${ours}`,
  `select concat_ws(' ', 'column', c.relname, a.attname, format_type(a.atttypid, a.atttypmod),
     case when a.attnotnull then 'not null' end, pg_get_expr(d.adbin, d.adrelid),
     nullif(a.attidentity, ''), nullif(a.attgenerated, ''))
   from ${classes} join pg_attribute a on a.attrelid = c.oid
   left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
   where ${ours} and a.attnum > 0 and not a.attisdropped and c.relkind in ('r', 'p', 'v', 'm')`,
  `select concat_ws(' ', 'constraint', c.relname, k.conname, pg_get_constraintdef(k.oid))
   from ${classes} join pg_constraint k on k.conrelid = c.oid where ${ours}`,
  `select concat_ws(' ', 'index', pg_get_indexdef(c.oid)) from ${classes} where ${ours} and c.relkind in ('i', 'I')`,
  `select concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid))
   from ${classes} join pg_trigger t on t.tgrelid = c.oid where ${ours} and not t.tgisinternal`,
  `select concat_ws(' ', 'policy', p.tablename, p.policyname, p.permissive, p.roles, p.cmd, p.qual, p.with_check)
   from pg_policies p where p.schemaname = 'public'`,
  `select concat_ws(' ', 'grant', c.relname, ${roleName}, g.privilege_type)
   from ${classes}, aclexplode(c.relacl) g where ${ours} and g.grantee <> c.relowner`,
  `select concat_ws(' ', 'grant', c.relname, a.attname, ${roleName}, g.privilege_type)
   from ${classes} join pg_attribute a on a.attrelid = c.oid, aclexplode(a.attacl) g where ${ours}`,
  `select concat_ws(' ', 'grant', 'schema', n.nspname, ${roleName}, g.privilege_type)
   from pg_namespace n, aclexplode(n.nspacl) g where n.nspname = 'public' and g.grantee <> n.nspowner`,
  // Those of an extension are its own.
  `select concat_ws(' ', 'function', pg_get_functiondef(f.oid), case when f.proowner = n.nspowner then 'owner'
     else pg_get_userbyid(f.proowner) end, f.proacl::text)
   from pg_proc f join pg_namespace n on n.oid = f.pronamespace where n.nspname = 'public' and f.prokind = 'f'
   and not exists (select 1 from pg_depend e where e.objid = f.oid and e.deptype = 'e')`,
];
