import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { Role } from '../../../db/platform/identity/role-permission.entity.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { PatchRole } from '../../../domain/platform/identity/role.contract.ts';
import { administrators } from '../../../domain/platform/identity/user.ts';
import { lockVersion } from '../lock-version.ts';
import { setCells } from './role-cells.ts';
import { verb } from '../verb.ts';

/** Changes what a role is called and may do; its users follow with their next request (PLT-036, 039, 041). */
export const updateRole = verb(
  {
    name: 'update-role',
    needs: 'role:manage',
    input: PatchRole.extend({ id: Id }),
    output: z.object({ id: z.uuid() }),
  },
  async (ctx, { id, name, permissions, secondFactor, version }) => {
    const role = await ctx.em.findOne(Role, { id, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!role) throw notFound();
    lockVersion(ctx, role, version);
    // Otherwise a slip of one administrator could lock all of them out.
    if (permissions && administrators.includes(role.code))
      throw new Refusal('conflict', 'The permissions of administrators cannot be changed');
    const changed = (name ?? role.name) !== role.name || (secondFactor ?? role.secondFactor) !== role.secondFactor;
    role.name = name ?? role.name;
    role.secondFactor = secondFactor ?? role.secondFactor;
    if (permissions) await setCells(ctx, role.code, permissions);
    // Its cells are part of the role: it has a new version when only they change.
    if (permissions && !changed) {
      await ctx.em.execute(
        'update role set version = version + 1, updated_at = ?, updated_by = ? where id = ?',
        [new Date(ctx.now), ctx.actor.userId, id],
        'run',
      );
    }
    return { id };
  },
);
