import { User } from '../../../db/platform/identity/user.entity.ts';
import { asUser } from '../../../db/platform/identity/users.query.ts';
import { CreateUser, User as UserShape } from '../../../domain/platform/identity/user.ts';
import { assertGrantable } from './grantable-role.ts';
import { hashPassword } from './password.ts';
import { assertNameFree } from './user-name.ts';
import { verb } from '../verb.ts';

/** Adds a user; without a role a salesperson, without a password nobody who can sign in yet (PLT-015). */
export const createUser = verb(
  { name: 'create-user', needs: 'user:manage', input: CreateUser, output: UserShape },
  async (ctx, { password, ...about }) => {
    await assertGrantable(ctx, about.role);
    const id = ctx.id();
    await assertNameFree(ctx.em, id, about);
    const user = ctx.em.create(User, {
      id,
      ...about,
      passwordHash: password === undefined ? null : await hashPassword(password),
    });
    await ctx.em.flush();
    return asUser(user);
  },
);
