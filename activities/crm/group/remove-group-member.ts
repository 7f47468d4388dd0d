import { z } from 'zod';
import { GroupMember } from '../../../db/crm/group/group-member.entity.ts';
import { groupLeft, isOneMember, oneMember, SomeMember } from '../../../domain/crm/group/group-member.contract.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { verb } from '../../platform/verb.ts';
import { claimGroup, memberCount, nameOf } from './claim-group.ts';

/** Takes an account or a contact out of a group (CRM-096). */
export const removeGroupMember = verb(
  {
    name: 'remove-group-member', needs: 'group:update',
    input: z.object({ groupId: Id, member: SomeMember }), output: z.object({ memberCount: z.int() }),
  },
  async (ctx, { groupId, member: sent }) => {
    const group = await claimGroup(ctx, groupId);
    if (!isOneMember(sent)) {
      const fields = [{ pointer: '?accountId', code: 'invalid', message: oneMember }];
      throw new Refusal('invalid', 'Validation failed', { fields });
    }
    const { accountId = null, contactId = null } = sent;
    const member = await ctx.em.findOne(GroupMember, { groupId, accountId, contactId, deletedAt: null });
    if (!member) throw notFound();
    member.deletedAt = new Date(ctx.now);
    await ctx.em.flush();
    const named = { accountId, contactId, who: await nameOf(ctx, { accountId, contactId }) };
    ctx.emit(groupLeft, { id: groupId, title: group.groupName, ...named });
    return { memberCount: await memberCount(ctx, groupId) };
  },
);
