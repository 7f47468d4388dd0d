import { z } from 'zod';
import { Instant } from '../../platform/clock.ts';
import { endpoint, event, Nothing } from '../../platform/contract.ts';
import { ById, Id } from '../../platform/id.ts';
import { PartQuery, partOf } from '../../platform/list.ts';

/** An account or a contact in a group. */
export const GroupMember = z
  .object({
    id: Id,
    accountId: Id.nullable(),
    contactId: Id.nullable(),
    name: z.string(),
    addedAt: Instant,
  })
  .meta({ id: 'GroupMember' });
export type GroupMember = z.output<typeof GroupMember>;

/** As a query has it: whether it names one is said once the group is found. */
export const SomeMember = z.object({ accountId: Id.optional(), contactId: Id.optional() });
type SomeMember = z.output<typeof SomeMember>;
export const oneMember = 'must be one account or one contact';
export const isOneMember = (m: SomeMember): boolean => (m.accountId === undefined) !== (m.contactId === undefined);

/** Exactly one of both. */
export const MemberRef = SomeMember.refine(isOneMember, { message: oneMember, path: ['accountId'] })
  .meta({ id: 'GroupMemberRef', example: { accountId: '018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a01' } });
export type MemberRef = z.output<typeof MemberRef>;

const GroupOf = z
  .object({
    id: Id, groupName: z.string(), groupType: z.string().nullable(), memberCount: z.int(), active: z.boolean(),
  })
  .meta({ id: 'GroupOfMember' });
export type GroupOf = z.output<typeof GroupOf>;

const path = '/api/groups/:id/members';
const groupsOf = (of: 'account' | 'contact') =>
  endpoint({
    method: 'GET', path: `/api/${of}s/:id/groups`, needs: 'group:read', params: ById, query: PartQuery,
    returns: partOf(GroupOf),
    summary: `The groups that the ${of} is in, by name`,
  });

/** CRM-096. */
export const groupMemberEndpoints = {
  list: endpoint({
    method: 'GET', path, needs: 'group:read', params: ById, query: PartQuery, returns: partOf(GroupMember),
    summary: 'Who is in a group, by name',
  }),
  add: endpoint({
    method: 'POST', path, needs: 'group:update', params: ById, body: MemberRef,
    returns: z.object({ memberCount: z.int() }), status: 201,
    summary: 'Add an account or a contact to a group; who is in it already stays',
  }),
  remove: endpoint({
    method: 'DELETE', path, needs: 'group:update', params: ById, query: SomeMember, returns: Nothing, status: 204,
    summary: 'Take an account or a contact out of a group',
  }),
  ofAccount: groupsOf('account'),
  ofContact: groupsOf('contact'),
};

const happened = (verb: 'joined' | 'left') =>
  event({
    name: `crm.group.${verb}`,
    payload: z.object({
      id: Id, title: z.string(), accountId: Id.nullable(), contactId: Id.nullable(), who: z.string(),
    }),
    entity: p => p.id,
    says: p => `${verb === 'joined' ? 'added' : 'took'} ${p.who} ${verb === 'joined' ? 'to' : 'out of'} ${p.title}`,
  });
export const groupJoined = happened('joined');
export const groupLeft = happened('left');
