import { addGroupMember } from '../../activities/crm/group/add-group-member.ts';
import { removeGroupMember } from '../../activities/crm/group/remove-group-member.ts';
import { groupsWith, membersOf } from '../../db/crm/group-members.query.ts';
import { accounts } from '../../domain/crm/account.ts';
import { contacts } from '../../domain/crm/contact.ts';
import { groupMemberEndpoints } from '../../domain/crm/group/group-member.contract.ts';
import { groups } from '../../domain/crm/group/group.ts';
import { serve } from '../platform/serve.ts';
import { proveReadable } from './prove-readable.ts';

export const groupMembers = serve(groupMemberEndpoints, {
  list: async ({ read, actor, params, query }) => {
    await proveReadable(read, groups, actor, params.id);
    return membersOf(read, actor, params.id, query);
  },
  add: ({ run, params, body }) => run(addGroupMember, { groupId: params.id, member: body }),
  remove: async ({ run, params, query }) => {
    await run(removeGroupMember, { groupId: params.id, member: query });
    return {};
  },
  ofAccount: async ({ read, actor, params: { id }, query }) => {
    await proveReadable(read, accounts, actor, id);
    return groupsWith(read, actor, { of: 'account_id', id }, query);
  },
  ofContact: async ({ read, actor, params: { id }, query }) => {
    await proveReadable(read, contacts, actor, id);
    return groupsWith(read, actor, { of: 'contact_id', id }, query);
  },
});
