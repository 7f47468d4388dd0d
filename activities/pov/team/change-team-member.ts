import { z } from 'zod';
import { User } from '../../../db/platform/identity/user.entity.ts';
import { shown } from '../../../db/pov/shown.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { Version } from '../../../domain/platform/version.ts';
import { memberChanged } from '../../../domain/pov/team-member.contract.ts';
import { GivenTeamRole, TeamMember as TeamMemberShape } from '../../../domain/pov/team-member.ts';
import { lockVersion } from '../../platform/lock-version.ts';
import { verb } from '../../platform/verb.ts';
import { claimPov } from '../claim-pov.ts';
import { noteActivity } from '../note-activity.ts';
import { teamMoved } from './team-moved.ts';

/** Gives a member another role; OWNER only changes with the owner of the POV (POV-023). */
export const changeTeamMember = verb(
  {
    name: 'change-team-member',
    needs: 'pov:update',
    input: z.object({ povId: Id, memberId: Id, role: GivenTeamRole, version: Version }),
    output: TeamMemberShape,
  },
  async (ctx, { povId, memberId, role, version }) => {
    const { em, emit } = ctx;
    const { pov, members } = await claimPov(ctx, povId, 'staff');
    const member = members.find(m => m.id === memberId);
    if (!member) throw notFound();
    lockVersion(ctx, member, version);
    if (member.role === 'OWNER')
      throw new Refusal('conflict', 'The owner keeps this role until the POV has another owner');
    const user = await em.findOneOrFail(User, { id: member.userId });
    if (member.role !== role) {
      noteActivity(ctx, povId, 'member.changed', { name: user.fullName, from: member.role, to: role });
      const move = { userId: user.id, from: member.role, to: role };
      member.role = role;
      emit(memberChanged, { povId, title: pov.title, memberId, userId: user.id, name: user.fullName, role });
      await teamMoved(ctx, povId, [move]);
    }
    await em.flush();
    return shown(TeamMemberShape, member, { name: user.fullName, email: user.email, active: user.active });
  },
);
