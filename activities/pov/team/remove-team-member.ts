import { z } from 'zod';
import { User } from '../../../db/platform/identity/user.entity.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { ById, Id } from '../../../domain/platform/id.ts';
import { memberRemoved } from '../../../domain/pov/team-member.contract.ts';
import { lockVersion } from '../../platform/lock-version.ts';
import { verb } from '../../platform/verb.ts';
import { claimPov } from '../claim-pov.ts';
import { noteActivity } from '../note-activity.ts';
import { teamMoved } from './team-moved.ts';

/** Takes a member out of the team; the owner can't be removed (POV-023). */
export const removeTeamMember = verb(
  { name: 'remove-team-member', needs: 'pov:update', input: z.object({ povId: Id, memberId: Id }), output: ById },
  async (ctx, { povId, memberId }) => {
    const { em, now, emit } = ctx;
    const { pov, members } = await claimPov(ctx, povId, 'staff');
    const member = members.find(m => m.id === memberId);
    if (!member) throw notFound();
    lockVersion(ctx, member);
    if (member.role === 'OWNER') throw new Refusal('conflict', 'The owner can only be replaced by another owner');
    const user = await em.findOneOrFail(User, { id: member.userId });
    member.deletedAt = new Date(now);
    noteActivity(ctx, povId, 'member.removed', { name: user.fullName, role: member.role });
    emit(memberRemoved, { povId, title: pov.title, memberId, userId: user.id, name: user.fullName, role: member.role });
    await teamMoved(ctx, povId, [{ userId: user.id, from: member.role, to: null }]);
    return { id: memberId };
  });
