import { accounts } from '../../domain/crm/account.ts';
import { contacts } from '../../domain/crm/contact.ts';
import type { GroupMember, GroupOf } from '../../domain/crm/group/group-member.contract.ts';
import { groups } from '../../domain/crm/group/group.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import type { PartQuery } from '../../domain/platform/list.ts';
import { partRows, type PartAnswer } from '../platform/table/part.query.ts';
import { inScope } from '../platform/record.query.ts';
import type { Reader } from '../platform/reader.ts';
import { columnsOf, sql } from '../platform/sql.ts';
import { memberCountOf } from './activity-sources.ts';

/** Who is in a group, by name, as far as the actor may see them. */
export function membersOf(
  read: Reader, actor: Actor, groupId: string, asked: PartQuery,
): Promise<PartAnswer<GroupMember>> {
  const joined = sql`m.group_id = ${groupId}::uuid and m.deleted_at is null and t.deleted_at is null`;
  return partRows<GroupMember>(read, {
    columns: columnsOf('w', ['id', 'accountId', 'contactId', 'name', 'addedAt']),
    from: sql`(
      select m.id, m.account_id, m.contact_id, t.account_name as name, m.created_at as added_at
      from crm_group_member m join account t on t.id = m.account_id
      where ${joined} and ${inScope(accounts, actor, 'account:read')}
      union all
      select m.id, m.account_id, m.contact_id, t.full_name, m.created_at
      from crm_group_member m join contact t on t.id = m.contact_id
      where ${joined} and ${inScope(contacts, actor, 'contact:read')}) w`,
    where: [],
    key: sql`w.id`,
    fields: { name: { sql: sql`w.name`, kind: 'text' } },
    defaultSort: 'name',
  }, asked);
}

/** The groups that an account or contact is in, by name, as far as the actor may see them. */
export const groupsWith = (
  read: Reader, actor: Actor, member: { of: 'account_id' | 'contact_id'; id: string }, asked: PartQuery,
): Promise<PartAnswer<GroupOf>> =>
  partRows<GroupOf>(read, {
    columns: {
      ...columnsOf('t', ['id', 'groupName', 'groupType', 'active']), memberCount: memberCountOf(sql`t.id`, actor),
    },
    from: sql`crm_group t`,
    where: [
      sql`t.deleted_at is null`, inScope(groups, actor, 'group:read'),
      sql`exists (select 1 from crm_group_member w where w.group_id = t.id and w.deleted_at is null
        and ${sql.ref(`w.${member.of}`)} = ${member.id}::uuid)`,
    ],
    key: sql`t.id`,
    fields: { groupName: { sql: sql`t.group_name`, kind: 'text' } },
    defaultSort: 'groupName',
  }, asked);
