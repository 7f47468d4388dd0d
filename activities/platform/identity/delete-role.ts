import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { ApiKey } from '../../../db/platform/identity/session.entity.ts';
import { Role, RolePermission } from '../../../db/platform/identity/role-permission.entity.ts';
import { User } from '../../../db/platform/identity/user.entity.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { lockVersion } from '../lock-version.ts';
import { verb } from '../verb.ts';

/** Removes a role of the tenant's own that nobody has (PLT-041). */
export const deleteRole = verb(
  { name: 'delete-role', needs: 'role:manage', input: z.object({ id: Id }), output: z.object({}) },
  async (ctx, { id }) => {
    const { em, now } = ctx;
    const role = await em.findOne(Role, { id, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!role) throw notFound();
    lockVersion(ctx, role);
    if (role.builtIn) throw new Refusal('conflict', 'A built-in role cannot be removed');
    if ((await em.count(User, { role: role.code, deletedAt: null })) > 0)
      throw new Refusal('conflict', 'Users have this role');
    if ((await em.count(ApiKey, { role: role.code, revokedAt: null, deletedAt: null })) > 0)
      throw new Refusal('conflict', 'API keys have this role');
    role.deletedAt = new Date(now);
    for (const cell of await em.find(RolePermission, { role: role.code, deletedAt: null }))
      cell.deletedAt = new Date(now);
    return {};
  },
);
