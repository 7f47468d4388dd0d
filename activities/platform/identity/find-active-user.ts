import { User } from '../../../db/platform/identity/user.entity.ts';
import { invalidField } from '../../../domain/platform/errors.ts';
import type { VerbContext } from '../verb.ts';

/** A user who can be given work; anybody else is a wrong field. */
export async function findActiveUser({ em, once }: VerbContext, userId: string, field: string): Promise<User> {
  const user = await once(`user ${userId}`, () => em.findOne(User, { id: userId, deletedAt: null }));
  if (!user) throw invalidField(field, 'There is no such user');
  if (!user.active) throw invalidField(field, `${user.fullName} is not active`);
  return user;
}
