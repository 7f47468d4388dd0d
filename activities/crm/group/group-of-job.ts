import { GroupMember } from '../../../db/crm/group/group-member.entity.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import type { JobRecord } from '../../platform/job/job-record.ts';
import { addGroupMember } from './add-group-member.ts';
import { claimGroup } from './claim-group.ts';
import { removeGroupMember } from './remove-group-member.ts';

/** How jobs put many records into a group: the field of a member that names them. */
export const groupedBy = (field: 'accountId' | 'contactId'): NonNullable<JobRecord['group']> => ({
  prove: async (ctx, groupId) => {
    await claimGroup(ctx, groupId);
  },
  add: async (ctx, groupId, id) => {
    const isIn = await ctx.em.count(GroupMember, { groupId, [field]: id, deletedAt: null });
    await ctx.run(addGroupMember, { groupId, member: { [field]: id } });
    return !isIn;
  },
  remove: async (ctx, groupId, id) => {
    if (!(await ctx.em.count(GroupMember, { groupId, [field]: id, deletedAt: null })))
      throw new Refusal('conflict', 'It is in the group no more');
    await ctx.run(removeGroupMember, { groupId, member: { [field]: id } });
  },
});
