import { z } from 'zod';
import { User } from '../../db/platform/identity/user.entity.ts';
import { TeamMember } from '../../db/pov/team-member.entity.ts';
import { Id } from '../../domain/platform/id.ts';
import { Pov as PovShape } from '../../domain/pov/pov.ts';
import { ownerChanged } from '../../domain/pov/team-member.contract.ts';
import { findActiveUser } from '../platform/identity/find-active-user.ts';
import { lockVersion } from '../platform/lock-version.ts';
import { verb, type VerbContext } from '../platform/verb.ts';
import { answerPov } from './answer-pov.ts';
import { claimPov, type ClaimedPov } from './claim-pov.ts';
import { noteActivity } from './note-activity.ts';
import { teamMoved } from './team/team-moved.ts';

/** Hands a POV over; the team keeps exactly one OWNER (POV-023). */
export const changePovOwner = verb(
  { name: 'change-pov-owner', needs: 'pov:update', input: z.object({ povId: Id, userId: Id }), output: PovShape },
  async (ctx, { povId, userId }) => {
    const claimed = await claimPov(ctx, povId, 'staff');
    lockVersion(ctx, claimed.pov);
    if (userId !== claimed.pov.ownerId) await handOver(ctx, claimed, userId, 'userId');
    return answerPov(ctx, claimed.pov);
  },
);

/** The former owner takes over the role of the new one in the team, or leaves it. */
export async function handOver(
  ctx: VerbContext,
  { pov, members }: ClaimedPov,
  userId: string,
  field = 'ownerId',
): Promise<void> {
  const { em, id, now, emit } = ctx;
  const user = await findActiveUser(ctx, userId, field);
  const former = await em.findOneOrFail(User, { id: pov.ownerId });
  const owner = members.find(m => m.role === 'OWNER');
  const successor = members.find(m => m.userId === userId);
  const given = successor?.role ?? null;
  if (owner && successor) [owner.role, successor.role] = [successor.role, 'OWNER'];
  else if (owner) owner.deletedAt = new Date(now);
  const member =
    successor ?? em.create(TeamMember, { id: id(), teamId: pov.teamId!, povId: pov.id, userId, role: 'OWNER' });
  pov.ownerId = userId;
  noteActivity(ctx, pov.id, 'owner.changed', { from: former.fullName, to: user.fullName });
  emit(ownerChanged, {
    povId: pov.id,
    title: pov.title,
    memberId: member.id,
    userId,
    name: user.fullName,
    role: 'OWNER',
    former: former.fullName,
  });
  await teamMoved(ctx, pov.id, [
    ...(owner ? [{ userId: owner.userId, from: 'OWNER', to: given }] : []),
    { userId, from: given, to: 'OWNER' },
  ]);
}
