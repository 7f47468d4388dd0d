import { z } from 'zod';
import { shown } from '../../../db/pov/shown.ts';
import { TeamMember } from '../../../db/pov/team-member.entity.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { memberAdded } from '../../../domain/pov/team-member.contract.ts';
import { GivenTeamRole, TeamMember as TeamMemberShape } from '../../../domain/pov/team-member.ts';
import { findActiveUser } from '../../platform/identity/find-active-user.ts';
import { verb } from '../../platform/verb.ts';
import { claimPov } from '../claim-pov.ts';
import { noteActivity } from '../note-activity.ts';
import { teamMoved } from './team-moved.ts';

/** Adds a user to the team, once (POV-022, 023); membership gives access (POV-024). */
export const addTeamMember = verb(
  {
    name: 'add-team-member',
    needs: 'pov:update',
    input: z.object({ povId: Id, userId: Id, role: GivenTeamRole }),
    output: TeamMemberShape,
  },
  async (ctx, { povId, userId, role }) => {
    const { em, id, emit } = ctx;
    const { pov, members } = await claimPov(ctx, povId, 'staff');
    const user = await findActiveUser(ctx, userId, 'userId');
    if (members.some(m => m.userId === userId))
      throw new Refusal('conflict', `${user.fullName} is already in the team`);
    const member = em.create(TeamMember, { id: id(), teamId: pov.teamId!, povId, userId, role });
    noteActivity(ctx, povId, 'member.added', { name: user.fullName, role });
    emit(memberAdded, { povId, title: pov.title, memberId: member.id, userId, name: user.fullName, role });
    await teamMoved(ctx, povId, [{ userId, from: null, to: role }]);
    return shown(TeamMemberShape, member, { name: user.fullName, email: user.email, active: user.active });
  },
);
