import { createRole } from '../../../activities/platform/identity/create-role.ts';
import { deleteRole } from '../../../activities/platform/identity/delete-role.ts';
import { updateRole } from '../../../activities/platform/identity/update-role.ts';
import type { Reader } from '../../../db/platform/reader.ts';
import { listRoles, roleById } from '../../../db/platform/identity/roles.query.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { roleEndpoints, type RoleView } from '../../../domain/platform/identity/role.contract.ts';
import { serve } from '../serve.ts';

async function found(read: Reader, id: string): Promise<RoleView> {
  const role = await roleById(read, id);
  if (!role) throw notFound();
  return role;
}

export const roleRoutes = serve(roleEndpoints, {
  list: ({ read, query }) => listRoles(read, query),
  create: async ({ body, run, read }) => found(read, (await run(createRole, body)).id),
  read: ({ params, read }) => found(read, params.id),
  replace: async ({ params, body, run, read }) => found(read, (await run(updateRole, { ...body, id: params.id })).id),
  patch: async ({ params, body, run, read }) => found(read, (await run(updateRole, { ...body, id: params.id })).id),
  remove: ({ params, run }) => run(deleteRole, params),
});
