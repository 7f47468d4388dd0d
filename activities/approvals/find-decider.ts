import type { User } from '../../db/platform/identity/user.entity.ts';
import { invalidField } from '../../domain/platform/errors.ts';
import { findActiveUser } from '../platform/identity/find-active-user.ts';
import type { VerbContext } from '../platform/verb.ts';

/** Somebody who is there and whose role may decide approvals; anybody else is a wrong field. */
export async function findDecider(ctx: VerbContext, userId: string, field: string): Promise<User> {
  const user = await findActiveUser(ctx, userId, field);
  const cells = await ctx.em.execute<unknown[]>(
    `select 1 from role_permission where role = ? and subject = 'workflow-instance' and action = 'decide'
      and deleted_at is null`,
    [user.role],
  );
  if (!cells.length) throw invalidField(field, `${user.fullName} may not decide approvals`);
  return user;
}
