import { addTeamMember } from '../../activities/pov/team/add-team-member.ts';
import { changeTeamMember } from '../../activities/pov/team/change-team-member.ts';
import { removeTeamMember } from '../../activities/pov/team/remove-team-member.ts';
import { seePov } from '../../db/pov/pov-scope.query.ts';
import { listTeamMembers } from '../../db/pov/team-members.query.ts';
import { teamMemberEndpoints } from '../../domain/pov/team-member.contract.ts';
import { serve } from '../platform/serve.ts';

export const teamMembers = serve(teamMemberEndpoints, {
  list: async ({ params, query, read, actor }) => {
    await seePov(read, actor, params.id);
    return listTeamMembers(read, params.id, query);
  },
  add: ({ params, body, run }) => run(addTeamMember, { ...body, povId: params.id }),
  change: ({ params, body, run }) => run(changeTeamMember, { ...body, povId: params.id, memberId: params.memberId }),
  remove: ({ params, run }) => run(removeTeamMember, { povId: params.id, memberId: params.memberId }),
});
