import { interactions } from '../../domain/crm/activity/interaction.ts';
import { tasks } from '../../domain/crm/activity/task.ts';
import type { TimelineItem, TimelineQuery } from '../../domain/crm/activity/timeline.contract.ts';
import { contacts } from '../../domain/crm/contact.ts';
import { opportunities } from '../../domain/crm/opportunity.ts';
import { tickets } from '../../domain/crm/ticket/ticket.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import type { AnyRecord } from '../../domain/platform/record.ts';
import { filesOfComment } from '../platform/attachment/attachments.query.ts';
import { mailOf } from './activity-sources.ts';
import { inScope } from '../platform/record.query.ts';
import type { Reader } from '../platform/reader.ts';
import { allOf, columnOf, sql, type Sql } from '../platform/sql.ts';
import { namesFor } from './reference/named.ts';
import { mentionsOfComment } from './comments.query.ts';
import { changeRows, itselfAndMerged, titleOf, withChanges } from './timeline-changes.query.ts';
import {
  line, nameOfUser, type After, type Line, type Page, type Subject, type TimelineSource, type TimelineTeller,
} from './timeline-line.ts';

interface Told {
  items: TimelineItem[];
  nextCursor: string | null;
}

/**
 * The story of an account, contact or opportunity that the actor may read, newest first (CRM-089): each resource is
 * asked for its newest rows after the cursor, all in one round trip, and what they answer is merged.
 */
export async function timelineOf(
  read: Reader, actor: Actor, subject: Subject,
  { limit, cursor, kind, others }: TimelineQuery & { others: readonly TimelineTeller[] },
): Promise<Told> {
  const page = { after: cursor === undefined ? null : parseCursor(cursor), limit: limit + 1 };
  const sources = [...sourcesOf(subject, actor), ...others.flatMap(tell => tell(subject, actor))];
  const asked = sources.filter(s => kind === undefined || s.kind === kind);
  const found = await read.each<Line>(asked.map(({ rows }) => newest(rows, page)));
  const lines = found.flat().sort((a, b) => (a.at === b.at ? (a.key < b.key ? 1 : -1) : a.at < b.at ? 1 : -1));
  const last = lines.length > limit ? lines[limit - 1] : undefined;
  return {
    items: await withChanges(read, actor, subject.of, lines.slice(0, limit)),
    nextCursor: last ? Buffer.from(JSON.stringify([last.at, last.key])).toString('base64url') : null,
  };
}

/** Ids are compared byte by byte, here and there. */
const newest = (rows: TimelineSource['rows'], page: Page): Sql => sql`
  select * from (${typeof rows === 'function' ? rows(page) : rows}) s
  where ${page.after ? sql`(s.at, s.key collate "C") < (${page.after[0]}::timestamptz, ${page.after[1]})` : sql`true`}
  order by s.at desc, s.key collate "C" desc limit ${sql.lit(page.limit)}`;

function parseCursor(cursor: string): NonNullable<After> {
  try {
    const key: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    if (Array.isArray(key) && key.length === 2 && key.every(k => typeof k === 'string')) {
      const [at, id] = key as NonNullable<After>;
      // Written as it was answered: another spelling may be a day that PostgreSQL does not know.
      if (new Date(at).toISOString() === at && /^[\w:-]+$/.test(id)) return [at, id];
    }
  } catch {
    /* said below */
  }
  const fields = [{ pointer: '?cursor', code: 'invalid', message: 'Unknown cursor' }];
  throw new Refusal('invalid', 'Validation failed', { fields });
}

function sourcesOf(subject: Subject, actor: Actor): TimelineSource[] {
  const seen = (record: AnyRecord, ...conditions: Sql[]): Sql =>
    allOf([inScope(record, actor, `${record.subject}:read`), ...conditions]);
  const kept = sql`t.deleted_at is null`;
  const about = sql`${columnOf('t', `${subject.of}Id`)} = ${subject.id}::uuid`;
  const of = ownersOf(subject);
  const contactName = namesFor(actor).contact('contactId');
  return [
    { kind: 'interaction', rows: interactionRows(seen(interactions, kept, about), contactName) },
    { kind: 'task', rows: taskRows(seen(tasks, kept, about), contactName) },
    { kind: 'change', rows: page => changeRows(subject, page) },
    { kind: 'change', rows: statusRows(seen(contacts, of.contacts)) },
    { kind: 'change', rows: stageRows(seen(opportunities, kept, of.opportunities)) },
    { kind: 'created', rows: createdRows(subject.of, titleOf(subject.of), itselfAndMerged(subject), subject.id) },
    { kind: 'created', rows: createdRows('contact', sql`t.full_name`, seen(contacts, kept, of.contacts)) },
    {
      kind: 'created',
      rows: createdRows('opportunity', sql`t.opportunity_name`, seen(opportunities, kept, of.others)),
    },
    { kind: 'created', rows: createdRows('ticket', sql`t.issue`, seen(tickets, kept, of.tickets)) },
    ...(subject.of === 'opportunity' ? [] : [{ kind: 'merged' as const, rows: mergedRows(subject.of, subject.id) }]),
    { kind: 'comment', rows: commentRows(subject) },
    { kind: 'file', rows: addedFiles(subject) },
    { kind: 'file', rows: removedFiles(subject) },
  ];
}

/** Which rows of the other tables belong to the story; the subject itself is among the `opportunities` alone. */
function ownersOf({ of, id }: Subject): Record<'contacts' | 'opportunities' | 'others' | 'tickets', Sql> {
  const none = sql`false`;
  const takesPart = (column: 'account_id' | 'contact_id'): Sql => sql`exists (select 1 from opportunity_participant p
    where p.opportunity_id = t.id and p.deleted_at is null and ${sql.ref(`p.${column}`)} = ${id}::uuid)`;
  switch (of) {
    case 'account': {
      const theirs = sql`(t.account_id = ${id}::uuid or ${takesPart('account_id')})`;
      return {
        contacts: sql`t.account_id = ${id}::uuid`, opportunities: theirs, others: theirs,
        tickets: sql`(t.distributor_id = ${id}::uuid or t.vendor_id = ${id}::uuid)`,
      };
    }
    case 'contact':
      return {
        contacts: none, opportunities: takesPart('contact_id'), others: takesPart('contact_id'), tickets: none,
      };
    case 'opportunity':
      return {
        contacts: none, opportunities: sql`t.id = ${id}::uuid`, others: none,
        tickets: sql`t.opportunity_id = ${id}::uuid`,
      };
    default:
      return of satisfies never;
  }
}

const interactionRows = (where: Sql, contactName: Sql): Sql => sql`select ${line(sql`t.id`, {
  at: sql`coalesce(t.completed_at, t.scheduled_at, t.created_at)`, kind: sql`'interaction'::text`, type: sql`t.type`,
  title: sql`t.subject`, details: sql`coalesce(t.description, t.outcome)`, status: sql`t.status`,
  by: nameOfUser(sql`t.owner_id`), recordType: sql`'interaction'`, recordId: sql`t.id`, duration: sql`t.duration`,
  contactName, emailStatus: mailOf('status'), emailProblem: mailOf('problem'),
})} from interaction t where ${where}`;

const taskRows = (where: Sql, contactName: Sql): Sql => sql`select ${line(sql`t.id`, {
  at: sql`coalesce(t.completed_at, t.created_at)`, kind: sql`'task'::text`, type: sql`'task'`, title: sql`t.title`,
  details: sql`t.description`, status: sql`t.status`, by: nameOfUser(sql`t.assignee_id`), recordType: sql`'task'`,
  recordId: sql`t.id`, dueDate: sql`t.due_date`, contactName,
})} from task t where ${where}`;

/** Changes of status of the people of an account, as the audit log keeps them (CRM-038). */
const statusRows = (where: Sql): Sql => sql`select ${line(sql`l.id`, {
  at: sql`l.created_at`, kind: sql`'change'::text`, type: sql`'contact'`, title: sql`t.full_name`,
  from: sql`l.old_values ->> 'status'`, to: sql`l.new_values ->> 'status'`, by: sql`l.actor_name`,
  recordType: sql`'contact'`, recordId: sql`t.id`,
})} from contact t join audit_log l on l.record_id = t.id::text and l.table_name = 'contact'
  where l.action = 'UPDATE' and l.new_values ->> 'status' is not null and ${where}`;

const stageName = (key: Sql): Sql => sql`coalesce((select y.name from opportunity_stage y
  where y.key = ${key} and y.deleted_at is null limit 1), ${key})`;
const stageRows = (where: Sql): Sql => sql`select ${line(sql`l.id`, {
  at: sql`l.created_at`, kind: sql`'change'::text`, type: sql`'opportunity'`, title: sql`t.opportunity_name`,
  from: stageName(sql`l.from_stage`), to: stageName(sql`l.to_stage`), by: nameOfUser(sql`l.created_by`),
  recordType: sql`'opportunity'`, recordId: sql`t.id`,
})} from opportunity t join opportunity_stage_change l on l.opportunity_id = t.id
  where l.from_stage is not null and l.deleted_at is null and ${where}`;

/** What was merged into another record leads to that one. */
const createdRows = (
  table: 'account' | 'contact' | 'opportunity' | 'ticket', title: Sql, where: Sql, shownBy?: string,
): Sql => sql`select ${line(sql`t.id`, {
  at: sql`t.created_at`, kind: sql`'created'::text`, type: sql.lit(table), title,
  by: nameOfUser(sql`t.created_by`), recordType: sql.lit(table), recordId: shownBy ? sql`${shownBy}::uuid` : sql`t.id`,
})} from ${sql.table(table)} t where ${where}`;

const mergedRows = (table: 'account' | 'contact', id: string): Sql => sql`select ${line(sql`t.id`, {
  at: sql`t.deleted_at`, kind: sql`'merged'::text`, type: sql.lit(table), title: titleOf(table),
  by: nameOfUser(sql`t.updated_by`), recordType: sql.lit(table), recordId: sql`${id}::uuid`,
})} from ${sql.table(table)} t where t.merged_into_id = ${id}::uuid and t.deleted_at is not null`;

const commentRows = ({ of, id }: Subject): Sql => sql`select ${line(sql`c.id`, {
  at: sql`c.created_at`, kind: sql`'comment'::text`, type: sql.lit(of), title: sql`c.body`,
  by: nameOfUser(sql`c.created_by`), recordType: sql`'comment'`, recordId: sql`c.id`, files: filesOfComment,
  mentions: mentionsOfComment,
})} from crm_comment c where ${sql.ref(`c.${of}_id`)} = ${id}::uuid and c.deleted_at is null`;

/** Files of the record itself; those of its comments stand under them. */
const filesOf = ({ of, id }: Subject): Sql => sql`from attachment t where t.subject_id = ${id}::uuid
  and t.subject = ${of} and t.state = 'stored' and t.comment_id is null`;
const addedFiles = (subject: Subject): Sql => sql`select ${line(sql`t.id`, {
  at: sql`t.created_at`, kind: sql`'file'::text`, type: sql`'added'`, title: sql`t.name`,
  status: sql`case when t.deleted_at is not null then 'removed' end`,
  by: nameOfUser(sql`t.created_by`), recordType: sql`'file'`, recordId: sql`t.id`,
})} ${filesOf(subject)}`;
const removedFiles = (subject: Subject): Sql => sql`select ${line(sql`t.id::text || ':removed'`, {
  at: sql`t.deleted_at`, kind: sql`'file'::text`, type: sql`'removed'`, title: sql`t.name`, status: sql`'removed'`,
  by: nameOfUser(sql`t.updated_by`), recordType: sql`'file'`, recordId: sql`t.id`,
})} ${filesOf(subject)} and t.deleted_at is not null`;
