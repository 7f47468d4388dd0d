import { TeamMember } from '../../../db/pov/team-member.entity.ts';
import type { TeamMove } from '../../../domain/approvals/team-move.ts';
import { followTeam } from '../../approvals/follow-team.ts';
import type { VerbContext } from '../../platform/verb.ts';

/** The approvals of a POV follow its team, in the transaction that changes the team. */
export async function teamMoved(ctx: VerbContext, povId: string, moves: readonly TeamMove[]): Promise<void> {
  await ctx.em.flush();
  const members = await ctx.em.find(TeamMember, { povId, deletedAt: null });
  await followTeam(ctx, povId, { memberIds: members.map(m => m.userId), moves });
}
