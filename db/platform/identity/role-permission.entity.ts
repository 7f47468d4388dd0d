import { defineEntity, p } from '@mikro-orm/core';
import type { Scope } from '../../../domain/platform/permission.ts';
import { owned, tenantOwned } from '../columns.ts';

/** A role of a tenant: one of the six built in, or the tenant's own (PLT-029, 036). */
const RoleSchema = defineEntity({
  name: 'Role',
  tableName: 'role',
  properties: {
    ...owned(),
    code: p.string().length(50),
    name: p.string().length(100),
    builtIn: p.boolean().default(false),
    /** Whose holders sign in with a second factor only (PLT-025). */
    secondFactor: p.boolean().default(false),
    /** Drawn by a trigger with each change of what the role may do. */
    cellsVersion: p.uuid().defaultRaw('gen_random_uuid()'),
  },
  uniques: [{ properties: ['tenantId', 'code'], name: 'role_code_unique' }],
  ...tenantOwned,
});
export class Role extends RoleSchema.class {}
RoleSchema.setClass(Role);

/** One row of the permission matrix: role × subject × action → scope (PLT-030, 036). */
const RolePermissionSchema = defineEntity({
  name: 'RolePermission',
  tableName: 'role_permission',
  properties: {
    ...owned(),
    role: p.string().length(50),
    subject: p.string().length(50),
    action: p.string().length(50),
    scope: p.string().$type<Scope>().length(4),
  },
  uniques: [{ properties: ['tenantId', 'role', 'subject', 'action'], name: 'role_permission_cell_unique' }],
  checks: [{ name: 'role_permission_scope_check', expression: `scope in ('all', 'own', 'team')` }],
  ...tenantOwned,
});
export class RolePermission extends RolePermissionSchema.class {}
RolePermissionSchema.setClass(RolePermission);
