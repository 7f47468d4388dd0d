import { z } from 'zod';
import { GroupMember } from '../../../db/crm/group/group-member.entity.ts';
import { groupJoined, MemberRef } from '../../../domain/crm/group/group-member.contract.ts';
import { Id } from '../../../domain/platform/id.ts';
import { verb } from '../../platform/verb.ts';
import { aContact, anAccount, seen } from '../activity/about.ts';
import { claimGroup, memberCount, nameOf } from './claim-group.ts';

/** Puts an account or a contact into a group (CRM-096); who is in it already stays, once. */
export const addGroupMember = verb(
  {
    name: 'add-group-member', needs: 'group:update',
    input: z.object({ groupId: Id, member: MemberRef }), output: z.object({ memberCount: z.int() }),
  },
  async (ctx, { groupId, member: { accountId = null, contactId = null } }) => {
    const { em } = ctx;
    const group = await claimGroup(ctx, groupId);
    if (accountId) await seen(ctx, anAccount, accountId, 'accountId');
    if (contactId) await seen(ctx, aContact, contactId, 'contactId');
    const who = { groupId, accountId, contactId };
    if (!(await em.count(GroupMember, { ...who, deletedAt: null }))) {
      em.persist(em.create(GroupMember, { id: ctx.id(), ...who }));
      await em.flush();
      const named = { accountId, contactId, who: await nameOf(ctx, { accountId, contactId }) };
      ctx.emit(groupJoined, { id: groupId, title: group.groupName, ...named });
    }
    return { memberCount: await memberCount(ctx, groupId) };
  },
);
