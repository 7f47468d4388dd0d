import { z } from 'zod';
import { GroupMember } from '../../../db/crm/group/group-member.entity.ts';
import { groupLeft, MemberRef } from '../../../domain/crm/group/group-member.contract.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { verb } from '../../platform/verb.ts';
import { claimGroup, memberCount, nameOf } from './claim-group.ts';

/** Takes an account or a contact out of a group (CRM-096). */
export const removeGroupMember = verb(
  {
    name: 'remove-group-member', needs: 'group:update',
    input: z.object({ groupId: Id, member: MemberRef }), output: z.object({ memberCount: z.int() }),
  },
  async (ctx, { groupId, member: { accountId = null, contactId = null } }) => {
    const group = await claimGroup(ctx, groupId);
    const member = await ctx.em.findOne(GroupMember, { groupId, accountId, contactId, deletedAt: null });
    if (!member) throw notFound();
    member.deletedAt = new Date(ctx.now);
    await ctx.em.flush();
    const named = { accountId, contactId, who: await nameOf(ctx, { accountId, contactId }) };
    ctx.emit(groupLeft, { id: groupId, title: group.groupName, ...named });
    return { memberCount: await memberCount(ctx, groupId) };
  },
);
