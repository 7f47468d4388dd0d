import { z } from 'zod';
import { Instant } from '../clock.ts';
import { endpoint } from '../contract.ts';
import { line } from '../field.ts';
import { ById, Id } from '../id.ts';
import { ListQuery, listOf } from '../list.ts';
import { Version } from '../version.ts';

/** One cell of the matrix. */
export const Permission = z
  .object({
    subject: z.string().regex(/^[a-z][a-z-]{0,49}$/, 'must be a subject such as pov'),
    action: z.string().regex(/^[a-z][a-z-]{0,49}$/, 'must be an action such as read'),
    scope: z.enum(['all', 'own', 'team']).default('all'),
  })
  .meta({ id: 'Permission' });

export const RoleView = z
  .object({
    id: Id,
    code: z.string(),
    name: z.string(),
    builtIn: z.boolean(),
    secondFactor: z.boolean().meta({ description: 'Whether its holders must sign in with a second factor' }),
    users: z.int().meta({ description: 'Active users with this role' }),
    permissions: z.array(Permission),
    createdAt: Instant,
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'RoleView' });
export type RoleView = z.output<typeof RoleView>;

const permissions = z.array(Permission).max(1000);
export const CreateRole = z
  .object({
    code: z
      .string()
      .trim()
      .toUpperCase()
      .regex(/^[A-Z][A-Z0-9_]{0,49}$/, 'must be letters, digits and _, such as TEAM_LEAD'),
    name: line(100),
    permissions: permissions.default([]),
    secondFactor: z.boolean().default(false),
  })
  .meta({ id: 'CreateRole' });
export const ReplaceRole = z
  .object({ name: line(100), permissions, secondFactor: z.boolean().optional(), version: Version })
  .meta({ id: 'ReplaceRole' });
export const PatchRole = ReplaceRole.partial().meta({ id: 'PatchRole' });

const path = '/api/admin/roles';
const one = { path: `${path}/:id`, params: ById } as const;

/** Roles are sets of permissions in a table; administrators edit them and make their own (PLT-036, 041). */
export const roleEndpoints = {
  list: endpoint({
    method: 'GET',
    path,
    needs: 'role:read',
    query: ListQuery,
    returns: listOf(RoleView),
    summary: 'Roles and their permissions',
  }),
  create: endpoint({
    method: 'POST',
    path,
    needs: 'role:manage',
    body: CreateRole,
    returns: RoleView,
    status: 201,
    summary: 'Make a role',
  }),
  read: endpoint({ method: 'GET', ...one, needs: 'role:read', returns: RoleView, summary: 'One role' }),
  replace: endpoint({
    method: 'PUT',
    ...one,
    needs: 'role:manage',
    body: ReplaceRole,
    returns: RoleView,
    summary: 'Change a role',
  }),
  patch: endpoint({
    method: 'PATCH',
    ...one,
    needs: 'role:manage',
    body: PatchRole,
    returns: RoleView,
    summary: 'Change name or permissions; the users of the role follow with their next request',
  }),
  remove: endpoint({
    method: 'DELETE',
    ...one,
    needs: 'role:manage',
    returns: z.object({}),
    status: 204,
    summary: 'Remove a role that nobody has',
  }),
};
