import { z } from 'zod';
import { Role } from '../../../db/platform/identity/role-permission.entity.ts';
import { invalidField, Refusal } from '../../../domain/platform/errors.ts';
import { CreateRole } from '../../../domain/platform/identity/role.contract.ts';
import { roleCode } from '../../../domain/platform/role.ts';
import { setCells } from './role-cells.ts';
import { verb } from '../verb.ts';

/** A role of the tenant's own (PLT-036). */
export const createRole = verb(
  { name: 'create-role', needs: 'role:manage', input: CreateRole, output: z.object({ id: z.uuid() }) },
  async (ctx, { code, name, permissions, secondFactor }) => {
    if (roleCode(code) !== code) throw invalidField('code', `is another name of ${roleCode(code)}`);
    const known = await ctx.em.findOne(Role, { code });
    if (known && !known.deletedAt) {
      throw new Refusal('conflict', 'A record with this information already exists', {
        fields: [{ pointer: '/code', code: 'taken', message: 'is taken' }],
      });
    }
    if (known) Object.assign(known, { name, secondFactor, deletedAt: null });
    const role = known ?? ctx.em.create(Role, { id: ctx.id(), code, name, secondFactor });
    await ctx.em.flush();
    await setCells(ctx, code, permissions);
    return { id: role.id };
  },
);
