import { accounts } from '../../domain/crm/account.ts';
import { interactions } from '../../domain/crm/activity/interaction.ts';
import { tasks } from '../../domain/crm/activity/task.ts';
import type { TimelineItem, TimelineKind, TimelineQuery } from '../../domain/crm/activity/timeline.contract.ts';
import { contacts } from '../../domain/crm/contact.ts';
import { opportunities } from '../../domain/crm/opportunity.ts';
import { tickets } from '../../domain/crm/ticket/ticket.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import type { AnyRecord } from '../../domain/platform/record.ts';
import { mailOf } from './activity-sources.ts';
import { inScope } from '../platform/record.query.ts';
import type { Reader } from '../platform/reader.ts';
import { allOf, columnOf, sql, type Sql } from '../platform/sql.ts';

/** Whose story is told. */
export interface Subject {
  of: 'account' | 'contact' | 'opportunity';
  id: string;
}
interface Page {
  items: TimelineItem[];
  nextCursor: string | null;
}

/**
 * The story of an account, contact or opportunity, newest first (CRM-089): each resource is asked for its newest rows
 * after the cursor, all in one round trip, and what they answer is merged.
 */
export async function timelineOf(
  read: Reader, actor: Actor, subject: Subject, { limit, cursor, kind }: TimelineQuery,
): Promise<Page> {
  const after = cursor === undefined ? null : parseCursor(cursor);
  const asked = sourcesOf(subject, actor).filter(s => kind === undefined || s.kind === kind);
  const found = await read.each<TimelineItem>(asked.map(({ rows }) => newest(rows, after, limit + 1)));
  const items = found.flat().sort((a, b) => (a.at === b.at ? (a.key < b.key ? 1 : -1) : a.at < b.at ? 1 : -1));
  const last = items.length > limit ? items[limit - 1] : undefined;
  return {
    items: items.slice(0, limit),
    nextCursor: last ? Buffer.from(JSON.stringify([last.at, last.key])).toString('base64url') : null,
  };
}

type Key = [at: string, id: string];
/** Ids are compared byte by byte, here and there. */
const newest = (rows: Sql, after: Key | null, limit: number): Sql => sql`
  select * from (${rows}) s
  where ${after ? sql`(s.at, s.key collate "C") < (${after[0]}::timestamptz, ${after[1]})` : sql`true`}
  order by s.at desc, s.key collate "C" desc limit ${sql.lit(limit)}`;

function parseCursor(cursor: string): Key {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(key) && key.length === 2 && key.every(k => typeof k === 'string')) {
      const [at, id] = key as Key;
      // Written as it was answered: another spelling may be a day that PostgreSQL does not know.
      if (new Date(at).toISOString() === at && /^[\w:-]+$/.test(id)) return [at, id];
    }
  } catch {
    /* said below */
  }
  const fields = [{ pointer: '?cursor', code: 'invalid', message: 'Unknown cursor' }];
  throw new Refusal('invalid', 'Validation failed', { fields });
}

interface Source {
  kind: TimelineKind;
  rows: Sql;
}
function sourcesOf(subject: Subject, actor: Actor): Source[] {
  const seen = (record: AnyRecord, ...conditions: Sql[]): Sql =>
    allOf([inScope(record, actor, `${record.subject}:read`), ...conditions]);
  const kept = sql`t.deleted_at is null`;
  const about = sql`${columnOf('t', `${subject.of}Id`)} = ${subject.id}::uuid`;
  const of: Record<'accounts' | 'contacts' | 'opportunities' | 'tickets', Sql> = ownersOf(subject);
  return [
    { kind: 'interaction', rows: interactionRows(seen(interactions, kept, about)) },
    { kind: 'task', rows: taskRows(seen(tasks, kept, about)) },
    { kind: 'change', rows: statusRows('account', 'account_name', seen(accounts, of.accounts)) },
    { kind: 'change', rows: statusRows('contact', 'full_name', seen(contacts, of.contacts)) },
    { kind: 'change', rows: stageRows(seen(opportunities, kept, of.opportunities)) },
    { kind: 'created', rows: createdRows('account', 'account_name', seen(accounts, of.accounts)) },
    { kind: 'created', rows: createdRows('contact', 'full_name', seen(contacts, kept, of.contacts)) },
    {
      kind: 'created',
      rows: createdRows('opportunity', 'opportunity_name', seen(opportunities, kept, of.opportunities)),
    },
    { kind: 'created', rows: createdRows('ticket', 'issue', seen(tickets, kept, of.tickets)) },
  ];
}

/** Which rows of the other tables belong to the story. */
function ownersOf({ of, id }: Subject): Record<'accounts' | 'contacts' | 'opportunities' | 'tickets', Sql> {
  const itself = sql`t.id = ${id}::uuid`, none = sql`false`;
  const takesPart = (column: 'account_id' | 'contact_id'): Sql => sql`exists (select 1 from opportunity_participant p
    where p.opportunity_id = t.id and p.deleted_at is null and ${sql.ref(`p.${column}`)} = ${id}::uuid)`;
  switch (of) {
    case 'account':
      return {
        accounts: itself,
        contacts: sql`t.account_id = ${id}::uuid`,
        opportunities: sql`(t.account_id = ${id}::uuid or ${takesPart('account_id')})`,
        tickets: sql`(t.distributor_id = ${id}::uuid or t.vendor_id = ${id}::uuid)`,
      };
    case 'contact':
      return { accounts: none, contacts: itself, opportunities: takesPart('contact_id'), tickets: none };
    case 'opportunity':
      return { accounts: none, contacts: none, opportunities: itself, tickets: sql`t.opportunity_id = ${id}::uuid` };
    default:
      return of satisfies never;
  }
}

const userName = (id: Sql): Sql => sql`(select u.full_name from app_user u where u.id = ${id})`;
const contactName = sql`(select c.full_name from contact c where c.id = t.contact_id)`;
const nothing = sql`null::text`;

/** The columns of a line; what a source does not say is null. */
function line(id: Sql, says: Record<'at' | 'kind' | 'type' | 'title' | 'recordType' | 'recordId', Sql>
  & Partial<Record<'details' | 'status' | 'from' | 'to' | 'by' | 'dueDate' | 'duration' | 'contactName' | 'emailStatus'
  | 'emailProblem', Sql>>): Sql {
  const columns = {
    key: sql`${says.kind} || ':' || ${id}::text`, details: nothing, status: nothing, from: nothing, to: nothing,
    by: nothing, dueDate: sql`null::timestamptz`, duration: sql`null::int`, contactName: nothing,
    emailStatus: nothing, emailProblem: nothing, ...says,
  };
  return sql.join(Object.entries(columns).map(([name, column]) => sql`${column} as ${sql.ref(name)}`));
}

const interactionRows = (where: Sql): Sql => sql`select ${line(sql`t.id`, {
  at: sql`coalesce(t.completed_at, t.scheduled_at, t.created_at)`, kind: sql`'interaction'::text`, type: sql`t.type`,
  title: sql`t.subject`, details: sql`coalesce(t.description, t.outcome)`, status: sql`t.status`,
  by: userName(sql`t.owner_id`), recordType: sql`'interaction'`, recordId: sql`t.id`, duration: sql`t.duration`,
  contactName, emailStatus: mailOf('status'), emailProblem: mailOf('problem'),
})} from interaction t where ${where}`;

const taskRows = (where: Sql): Sql => sql`select ${line(sql`t.id`, {
  at: sql`coalesce(t.completed_at, t.created_at)`, kind: sql`'task'::text`, type: sql`'task'`, title: sql`t.title`,
  details: sql`t.description`, status: sql`t.status`, by: userName(sql`t.assignee_id`), recordType: sql`'task'`,
  recordId: sql`t.id`, dueDate: sql`t.due_date`, contactName,
})} from task t where ${where}`;

/** Changes of status, as the audit log keeps them (CRM-038). */
const statusRows = (table: 'account' | 'contact', title: string, where: Sql): Sql => sql`select ${line(sql`l.id`, {
  at: sql`l.created_at`, kind: sql`'change'::text`, type: sql.lit(table), title: sql.ref(`t.${title}`),
  from: sql`l.old_values ->> 'status'`, to: sql`l.new_values ->> 'status'`, by: sql`l.actor_name`,
  recordType: sql.lit(table), recordId: sql`t.id`,
})} from ${sql.table(table)} t join audit_log l on l.record_id = t.id::text and l.table_name = ${sql.lit(table)}
  where l.action = 'UPDATE' and l.new_values ->> 'status' is not null and ${where}`;

const stageName = (key: Sql): Sql => sql`coalesce((select y.name from opportunity_stage y
  where y.key = ${key} and y.deleted_at is null limit 1), ${key})`;
const stageRows = (where: Sql): Sql => sql`select ${line(sql`l.id`, {
  at: sql`l.created_at`, kind: sql`'change'::text`, type: sql`'opportunity'`, title: sql`t.opportunity_name`,
  from: stageName(sql`l.from_stage`), to: stageName(sql`l.to_stage`), by: userName(sql`l.created_by`),
  recordType: sql`'opportunity'`, recordId: sql`t.id`,
})} from opportunity t join opportunity_stage_change l on l.opportunity_id = t.id
  where l.from_stage is not null and l.deleted_at is null and ${where}`;

const createdRows = (
  table: 'account' | 'contact' | 'opportunity' | 'ticket', title: string, where: Sql,
): Sql => sql`select ${line(sql`t.id`, {
  at: sql`t.created_at`, kind: sql`'created'::text`, type: sql.lit(table), title: sql.ref(`t.${title}`),
  by: userName(sql`t.created_by`), recordType: sql.lit(table), recordId: sql`t.id`,
})} from ${sql.table(table)} t where ${where}`;
