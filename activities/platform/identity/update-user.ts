import { LockMode } from '@mikro-orm/core';
import { User } from '../../../db/platform/identity/user.entity.ts';
import { asUser } from '../../../db/platform/identity/users.query.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { administrators, PatchUser, User as UserShape } from '../../../domain/platform/identity/user.ts';
import { assertGrantable } from './grantable-role.ts';
import { lockVersion } from '../lock-version.ts';
import { hashPassword } from './password.ts';
import { endSessionsOf } from './session-end.ts';
import { assertNameFree } from './user-name.ts';
import { verb, type VerbContext } from '../verb.ts';

/** Changes a user (PLT-039, 040). A new password ends the sessions, and so does an end of service. */
export const updateUser = verb(
  { name: 'update-user', needs: 'user:manage', input: PatchUser.extend({ id: Id }), output: UserShape },
  async (ctx, { id, version, password, ...given }) => {
    const { em } = ctx;
    // Before the user's own row, and all in one order: two who remove each other wait, where they would deadlock.
    const mayRemove = given.role !== undefined || given.active === false;
    const left = mayRemove ? await lockedAdministrators(ctx) : [];
    const user = await em.findOne(User, { id, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!user) throw notFound();
    lockVersion(ctx, user, version);
    await assertGrantable(ctx, user.role);
    if (given.role !== undefined) await assertGrantable(ctx, given.role);
    await assertNameFree(em, id, given);
    const changes = Object.fromEntries(
      Object.entries(given).filter(([, value]) => value !== undefined),
    ) as typeof given;
    const after = { role: user.role, active: user.active, ...changes };
    if (administers(user) && !administers(after) && !left.some(other => other !== id))
      throw new Refusal('conflict', 'The last active administrator cannot be removed');
    Object.assign(user, changes);
    if (password !== undefined)
      Object.assign(user, { passwordHash: await hashPassword(password), failedSignIns: 0, lockedUntil: null });
    if (!after.active) await endSessionsOf(ctx, { userId: id }, 'the user is not active any more');
    else if (password !== undefined) await endSessionsOf(ctx, { userId: id }, 'an administrator set a new password');
    await em.flush();
    return asUser(user);
  },
);

const administers = (user: { role: string; active: boolean }): boolean =>
  user.active && administrators.includes(user.role);

/** PLT-043. All administrators are locked, so that two cannot remove each other at the same time. */
async function lockedAdministrators({ em }: VerbContext): Promise<string[]> {
  const rows = await em.execute<{ id: string }[]>(
    `select id from app_user where role in (${administrators.map(() => '?').join(', ')})
     and active and deleted_at is null order by id for update`,
    [...administrators],
  );
  return rows.map(row => row.id);
}
