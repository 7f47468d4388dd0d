import { createHash } from 'node:crypto';
import { z } from 'zod';
import { permissions } from '../../../domain/index.ts';
import { permissionRows, type PermissionRow } from '../../../domain/platform/permission.ts';
import { Role } from '../../../db/platform/identity/role-permission.entity.ts';
import { roleCodes, roleLabel } from '../../../domain/platform/role.ts';
import { verb } from '../verb.ts';

/** Roles that approvals ask for beyond the six built in: nobody has them until an administrator says so. */
const extra = [
  { code: 'CFO', name: 'CFO', like: 'ACCOUNTING' },
  { code: 'VP', name: 'VP', like: 'SALES_MANAGEMENT' },
];

/** What every new tenant may do, by the grids of all areas. */
export function defaultPermissions(): PermissionRow[] {
  const rows = permissionRows(permissions);
  return [...rows, ...extra.flatMap(e => rows.filter(r => r.role === e.like).map(r => ({ ...r, role: e.code })))];
}

/** Tells one version of the grids from another: a tenant notes the one that it has. */
export const gridsFingerprint = (): string =>
  createHash('sha256').update(JSON.stringify(defaultPermissions())).digest('hex').slice(0, 16);

/**
 * Brings the tenant's roles up to the grids. Cells that are there stay as they are, also those that an administrator
 * took away (they are kept as deleted), so it can be run at any time: it adds what new areas bring.
 */
export const syncPermissions = verb(
  { name: 'sync-permissions', needs: 'process', input: z.object({}), output: z.object({ added: z.int() }) },
  async ({ em, tenantId, now, id }) => {
    const known = new Set((await em.find(Role, {})).map(r => r.code));
    for (const code of roleCodes)
      if (!known.has(code)) em.create(Role, { id: id(), code, name: roleLabel(code), builtIn: true });
    for (const { code, name } of extra) if (!known.has(code)) em.create(Role, { id: id(), code, name, builtIn: false });
    await em.flush();
    const roles = new Set((await em.find(Role, { deletedAt: null })).map(r => r.code));
    // Past the entities: six hundred cells would be as many audit rows.
    const added = await em.execute<unknown[]>(
      `insert into role_permission (id, tenant_id, created_at, updated_at, version, role, subject, action, scope)
       select gen_random_uuid(), ?::uuid, ?::timestamptz, ?::timestamptz, 1, c.role, c.subject, c.action, c.scope
       from json_to_recordset(?::json) as c(role text, subject text, action text, scope text)
       on conflict do nothing returning 1 as one`,
      [tenantId, new Date(now), new Date(now), JSON.stringify(defaultPermissions().filter(r => roles.has(r.role)))],
    );
    await em.execute(
      `update tenant set settings = settings || jsonb_build_object('permissionGrids', ?::text) where id = ?`,
      [gridsFingerprint(), tenantId],
      'run',
    );
    return { added: added.length };
  },
);
