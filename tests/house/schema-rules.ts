import type { Client } from 'pg';

/** Tables that belong to no tenant, and why. */
export const ofNoTenant: Record<string, string> = {
  tenant: 'is the list of tenants: sign-in looks it up by slug',
  rate_limit_bucket: 'counts callers, many of whom are not signed in yet',
  mikro_orm_migrations: 'belongs to the migrations',
};
/** Tables that the application reads only, and why. */
export const ofNoWriter: Record<string, string> = {
  audit_archive: 'is filled by archive_audit, and nothing takes from it',
};
/** Tables without times of their own, and why. */
const timeless: Record<string, string> = {
  stream: 'is a counter; its events have times',
  tenant_clock: 'is the time',
  rate_limit_bucket: 'has its expiry',
  mikro_orm_migrations: 'has executed_at',
};

/** What lists of all of a tenant's rows are filtered and sorted by. */
const listedBy = ['status', 'created_at', 'due_date', 'due_at'];
/** Read by what they belong to, or how they stand, never all of a tenant's: an index by that is enough. */
const readBy: Record<string, string> = {
  crm_comment: 'task_id',
  crm_group_member: 'group_id',
  decision: 'workflow_id',
  enrichment: 'account_id',
  enrichment_proposal: 'account_id',
  mail: 'status',
  notification: 'user_id',
  password_reset: 'user_id',
  phase: 'pov_id',
  pov_activity: 'pov_id',
  pov_kpi: 'pov_id',
  pov_launch: 'pov_id',
  saved_view: 'page_type',
  second_factor: 'user_id',
  session: 'user_id',
  table_preference: 'user_id',
  team_member: 'pov_id',
  webhook_message: 'webhook_id',
  workflow_step: 'workflow_id',
};
/** Tables of a few rows for each tenant, and why they stay so. */
const ofFew: Record<string, string> = {
  identity_hook: 'is one',
  identity_provider: 'are those that people sign in with',
  linked_account: 'are counted by provider, and read by their user',
  operation: 'are moves of a sandbox clock',
  phase_template: 'are written by administrators',
  role: 'are written by administrators',
  role_permission: 'are read all at once',
};

interface Table {
  name: string;
  rls: boolean;
  forced: boolean;
  policies: string[];
  columns: { name: string; type: string; nullable: boolean }[];
  /** Leading columns of each index. */
  indexes: string[][];
  foreignKeys: { column: string; to: string; onDelete: string }[];
}

export async function tablesOf(db: Client): Promise<Table[]> {
  const { rows } = await db.query<Table>(`
    select c.relname as name, c.relrowsecurity as rls, c.relforcerowsecurity as forced,
      coalesce((select json_agg(coalesce(p.qual, '') || ' / ' || coalesce(p.with_check, ''))
        from pg_policies p where p.schemaname = 'public' and p.tablename = c.relname), '[]') as policies,
      (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null),
          'nullable', not a.attnotnull))
        from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
      coalesce((select json_agg((select json_agg(a.attname order by k.at)
          from unnest(i.indkey::int[]) with ordinality k(n, at)
          join pg_attribute a on a.attrelid = c.oid and a.attnum = k.n))
        from pg_index i where i.indrelid = c.oid), '[]') as indexes,
      coalesce((select json_agg(json_build_object('column', a.attname, 'to', f.confrelid::regclass::text,
          'onDelete', f.confdeltype))
        from pg_constraint f join pg_attribute a on a.attrelid = c.oid and a.attnum = f.conkey[1]
        where f.conrelid = c.oid and f.contype = 'f'), '[]') as "foreignKeys"
    from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') order by c.relname`);
  return rows;
}

/** What is wrong with the tables (PLT-001, 002, 004, 008, 099). */
export const schemaFaults = (tables: Table[]): string[] =>
  tables.flatMap(table =>
    [tenantFaults, timeFaults, indexFaults, listFaults]
      .flatMap(faultsOf => faultsOf(table))
      .map(fault => `${table.name}: ${fault}`),
  );

function tenantFaults({ name, rls, forced, policies, columns, foreignKeys, indexes }: Table): string[] {
  if (name in ofNoTenant) return [];
  const tenant = columns.find(c => c.name === 'tenant_id');
  if (!tenant) return ['has no tenant_id'];
  const faults = [
    [tenant.nullable || tenant.type !== 'uuid', 'tenant_id must be a uuid that is never null'],
    [!rls || !forced, 'row-level security is not forced'],
    [
      !policies.some(p => p.includes('app.tenant') && !p.endsWith(' / ')),
      'has no policy by tenant for reading and writing',
    ],
    [
      !foreignKeys.some(f => f.column === 'tenant_id' && f.to === 'tenant' && f.onDelete === 'c'),
      'does not go with its tenant',
    ],
    [!indexes.some(i => i?.[0] === 'tenant_id'), 'has no index that begins with tenant_id'],
  ] as const;
  return faults.filter(([wrong]) => wrong).map(([, why]) => why);
}

function timeFaults({ name, columns }: Table): string[] {
  const faults = columns.filter(c => c.type === 'timestamp without time zone').map(c => `${c.name} has no time zone`);
  const has = (column: string): boolean => columns.some(c => c.name === column);
  if (has('deleted_at') && !['created_at', 'updated_at', 'created_by', 'updated_by', 'version'].every(has)) {
    faults.push('has not all of created_at, updated_at, created_by, updated_by, version');
  }
  const dated = ['created_at', 'recorded_at', 'started_at'].some(has);
  return dated || name in timeless ? faults : [...faults, 'does not say when its rows were made'];
}

/** A foreign key without an index makes each delete of the other side a scan. */
const indexFaults = ({ foreignKeys, indexes }: Table): string[] =>
  foreignKeys
    .filter(f => f.column !== 'tenant_id')
    .filter(f => !indexes.some(i => i?.[0] === f.column || (i?.[0] === 'tenant_id' && i[1] === f.column)))
    .map(f => `no index on the foreign key ${f.column}`);

/** A list that is sorted without an index reads all rows of the tenant for one page. */
function listFaults({ name, columns, indexes }: Table): string[] {
  const unsorted = !indexes.some(i => i?.[0] === 'tenant_id');
  if (name in ofNoTenant || name in ofFew || unsorted) return [];
  const begins = (column: string): boolean => indexes.some(i => i?.[0] === 'tenant_id' && i[1] === column);
  const parent = readBy[name];
  if (parent) return begins(parent) ? [] : [`no index for lists by ${parent}`];
  return columns
    .filter(c => listedBy.includes(c.name) && !begins(c.name))
    .map(c => `no index for lists by ${c.name}`);
}
