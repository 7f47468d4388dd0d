import type { Activity } from '../../domain/crm/activity/activity.contract.ts';
import { interactions } from '../../domain/crm/activity/interaction.ts';
import { tasks } from '../../domain/crm/activity/task.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import type { ListQuery } from '../../domain/platform/list.ts';
import { listRows, type ListAnswer, type ListSource } from '../platform/list.query.ts';
import { inScope } from '../platform/record.query.ts';
import type { Reader } from '../platform/reader.ts';
import { nameField, namesFor } from './reference/named.ts';
import { anywhere, columnsOf, selected, sql, type Sql } from '../platform/sql.ts';

/** Calls, e-mails, meetings and tasks that the actor may read, as one table `t` (CRM-088). */
const joined = (actor: Actor): Sql => sql`(
  select t.id, initcap(t.type) as activity_type, t.subject, t.description, t.contact_id, t.account_id,
    t.scheduled_at as due_date, t.status, t.owner_id as assigned_to_id, t.created_at, t.updated_at, t.version
  from interaction t where t.type in ('call', 'email', 'meeting') and t.deleted_at is null
    and ${inScope(interactions, actor, 'interaction:read')}
  union all
  select t.id, 'Task', t.title, t.description, t.contact_id, t.account_id, t.due_date, t.status, t.assignee_id,
    t.created_at, t.updated_at, t.version
  from task t where t.deleted_at is null and ${inScope(tasks, actor, 'task:read')}
) t`;

const names = {
  accountName: namesFor().account('accountId'),
  assignedToName: sql`(select u.full_name from app_user u where u.id = t.assigned_to_id)`,
};
const columns: Record<string, Sql> = {
  ...columnsOf('t', [
    'id', 'activityType', 'subject', 'description', 'contactId', 'accountId', 'dueDate', 'status', 'assignedToId',
    'createdAt', 'updatedAt', 'version',
  ]),
  ...names,
};
const fields: ListSource['fields'] = {
  activityType: { sql: columns['activityType']!, kind: 'text' },
  subject: { sql: columns['subject']!, kind: 'text' },
  contactId: { sql: columns['contactId']!, kind: 'uuid', nullable: true },
  accountId: { sql: columns['accountId']!, kind: 'uuid', nullable: true },
  dueDate: { sql: columns['dueDate']!, kind: 'instant', nullable: true },
  status: { sql: columns['status']!, kind: 'text' },
  assignedToId: { sql: columns['assignedToId']!, kind: 'uuid' },
  accountName: nameField(names.accountName),
  assignedToName: nameField(names.assignedToName),
  createdAt: { sql: columns['createdAt']!, kind: 'instant' },
  updatedAt: { sql: columns['updatedAt']!, kind: 'instant' },
};

const contactName = (actor: Actor): Sql => namesFor(actor).contact('contactId');
const columnsFor = (actor: Actor): Record<string, Sql> => ({ ...columns, contactName: contactName(actor) });

export const listActivities = (read: Reader, actor: Actor, query: ListQuery): Promise<ListAnswer<Activity>> =>
  listRows<Activity>(
    read,
    {
      columns: columnsFor(actor),
      from: joined(actor),
      where: [],
      key: sql`t.id`,
      fields: { ...fields, contactName: nameField(contactName(actor)) },
      defaultSort: '-createdAt',
      search: text => sql`(t.subject ilike ${anywhere(text)} or t.description ilike ${anywhere(text)})`,
    },
    query,
  );

/** Whether it is a task; also of one that is deleted, or that who asks may not read. */
export const activityKind = (read: Reader, id: string): Promise<{ isTask: boolean } | undefined> =>
  read.row<{ isTask: boolean }>(sql`
    select false as "isTask" from interaction where id = ${id}::uuid and type in ('call', 'email', 'meeting')
    union all select true from task where id = ${id}::uuid`);

export const readActivity = (read: Reader, actor: Actor, id: string): Promise<Activity | undefined> =>
  read.row<Activity>(sql`select ${selected(columnsFor(actor))}
    from ${joined(actor)} where t.id = ${id}::uuid`);
