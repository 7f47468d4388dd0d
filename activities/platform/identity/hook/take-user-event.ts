import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { IdentityHook } from '../../../../db/platform/identity/identity-hook.entity.ts';
import { ApiKey } from '../../../../db/platform/identity/session.entity.ts';
import { User } from '../../../../db/platform/identity/user.entity.ts';
import { invalidField, notFound, Refusal } from '../../../../domain/platform/errors.ts';
import { userEventTypes, type ToldPerson } from '../../../../domain/platform/identity/identity-hook.ts';
import { CreateUser, PatchUser } from '../../../../domain/platform/identity/user.ts';
import { verb, type VerbContext } from '../../verb.ts';
import { createUser } from '../create-user.ts';
import { updateUser } from '../update-user.ts';

const Person = z.object({
  externalId: z.string(),
  email: z.string().nullable(),
  fullName: z.string().nullable(),
  username: z.string().nullable(),
});

/**
 * What an identity service says of a user, by the verbs of administrators (PLT-026). Events may come late and in any
 * order: one about a user that is not known adds them, and none brings a deactivated one back.
 */
export const takeUserEvent = verb(
  {
    name: 'take-user-event',
    needs: 'process',
    input: z.object({ type: z.enum(userEventTypes), person: Person }),
    output: z.object({ userId: z.uuid().nullable() }),
  },
  async (ctx, { type, person }) => {
    const hook = await ctx.em.findOne(
      IdentityHook,
      { active: true, deletedAt: null },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!hook) throw notFound();
    hook.lastEventAt = new Date();
    const known = await knownUser(ctx, person);
    if (type === 'user.deleted') return { userId: known && (await leave(ctx, known)) };
    return { userId: known ? await follow(ctx, known, person) : await join(ctx, person, hook.role) };
  },
);

/** By the service's own id; at the first event by the address, so that users of before are not added twice. */
async function knownUser({ em }: VerbContext, { externalId, email }: ToldPerson): Promise<User | null> {
  const lock = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
  const linked = await em.findOne(User, { externalId, deletedAt: null }, lock);
  if (linked || !email) return linked;
  const [found] = await em.execute<{ id: string }[]>(
    'select id from app_user where lower(email) = ? and external_id is null and deleted_at is null',
    [email],
  );
  return found ? em.findOne(User, { id: found.id }, lock) : null;
}

async function join(ctx: VerbContext, person: ToldPerson, role: string): Promise<string> {
  const { externalId, email, fullName, username } = person;
  const about = { email: email ?? '', fullName: fullName || email || '', username: username || email || '', role };
  const { id } = await ctx.run(createUser, checked(CreateUser, about));
  const user = await ctx.em.findOneOrFail(User, { id });
  user.externalId = externalId;
  return id;
}

async function follow(ctx: VerbContext, user: User, { externalId, email, fullName }: ToldPerson): Promise<string> {
  user.externalId = externalId;
  const changes = { ...(email ? { email } : {}), ...(fullName ? { fullName } : {}) };
  await ctx.run(updateUser, { id: user.id, ...checked(PatchUser, changes) });
  return user.id;
}

/** Records keep the name; the last active administrator stays (PLT-043). */
async function leave(ctx: VerbContext, user: User): Promise<string> {
  await ctx.run(updateUser, { id: user.id, active: false });
  for (const key of await ctx.em.find(ApiKey, { userId: user.id, revokedAt: null })) key.revokedAt = new Date();
  return user.id;
}

/** By the shape that administrators fill in; a wrong field is named as in the event. */
function checked<S extends typeof CreateUser | typeof PatchUser>(shape: S, about: object): z.input<S> {
  const { error } = shape.safeParse(about);
  if (!error) return about as z.input<S>;
  const [issue] = error.issues;
  const field = String(issue?.path[0] ?? '');
  if (!field) throw new Refusal('invalid', 'Validation failed');
  throw invalidField(`data/${field}`, issue!.message);
}
