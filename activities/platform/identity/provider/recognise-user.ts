import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { IdentityProvider, LinkedAccount } from '../../../../db/platform/identity/identity-provider.entity.ts';
import { User } from '../../../../db/platform/identity/user.entity.ts';
import { SignInRefusal } from '../../../../domain/platform/identity/sign-in-refusal.ts';
import { verb, type VerbContext } from '../../verb.ts';

const Account = z.object({ providerId: z.uuid(), issuer: z.string(), subject: z.string().max(255), email: z.string() });
type Account = z.output<typeof Account>;

/**
 * The user whom an account at a provider belongs to: the one it is linked with, or at the first sign-in the one with
 * the verified address, who is linked from then on. It answers rather than refuses, so that what was linked is kept.
 */
export const recogniseUser = verb(
  {
    name: 'recognise-user',
    needs: 'process',
    input: Account,
    output: z.object({ userId: z.uuid().nullable(), refused: SignInRefusal.nullable() }),
  },
  async (ctx, account) => {
    // One sign-in at a time for a provider: two first ones would both link.
    const provider = await ctx.em.findOne(
      IdentityProvider,
      { id: account.providerId, active: true, deletedAt: null },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!provider) return { userId: null, refused: 'provider-unknown' as const };
    const { issuer, subject } = account;
    const linked = await ctx.em.findOne(LinkedAccount, { issuer, subject });
    if (!linked) return firstSignIn(ctx, account);
    const user = await ctx.em.findOne(User, { id: linked.userId, deletedAt: null });
    return standing(user);
  },
);

async function firstSignIn({ em, id }: VerbContext, account: Account) {
  const { providerId, issuer, subject, email } = account;
  const [found] = await em.execute<{ id: string }[]>(
    'select id from app_user where lower(email) = ? and deleted_at is null for update',
    [email],
  );
  const user = found ? await em.findOne(User, { id: found.id }) : null;
  if (!user?.active) return standing(user);
  if (await em.count(LinkedAccount, { userId: user.id, issuer }))
    return { userId: user.id, refused: 'account-differs' as const };
  em.create(LinkedAccount, { id: id(), userId: user.id, providerId, issuer, subject, email });
  return standing(user);
}

const standing = (user: User | null) => ({
  userId: user?.id ?? null,
  refused: user === null ? ('user-unknown' as const) : user.active ? null : ('user-not-active' as const),
});
