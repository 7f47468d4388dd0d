import type { StorySubject } from '../../domain/crm/activity/timeline-change.ts';
import type { TimelineItem, TimelineKind } from '../../domain/crm/activity/timeline.contract.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { sql, type Sql } from '../platform/sql.ts';

/** Whose story is told. */
export interface Subject {
  of: StorySubject;
  id: string;
}
/** The last line that the reader has. */
export type After = [at: string, key: string] | null;
export interface Page {
  after: After;
  limit: number;
}

/** Lines of one kind from one table. */
export interface TimelineSource {
  kind: TimelineKind;
  /** All of them, of which the newest are taken; or the page itself, where there may be very many. */
  rows: Sql | ((page: Page) => Sql);
}
/** What another area tells of the subject, as far as the actor may know it. */
export type TimelineTeller = (subject: Subject, actor: Actor) => TimelineSource[];

/** A line as the database answers it. */
export interface Line extends Omit<TimelineItem, 'changes'> {
  oldValues: Record<string, unknown> | null;
  newValues: Record<string, unknown> | null;
}

const nothing = sql`null::text`;
const values = sql`null::jsonb`;

/** The columns of a line; what a source does not say is null. */
export function line(
  id: Sql,
  says: Record<'at' | 'kind' | 'type' | 'title' | 'recordType' | 'recordId', Sql> & Partial<Record<
    'details' | 'status' | 'from' | 'to' | 'by' | 'dueDate' | 'duration' | 'contactName' | 'emailStatus'
    | 'emailProblem' | 'oldValues' | 'newValues' | 'files' | 'mentions', Sql>>,
): Sql {
  const columns = {
    key: sql`${says.kind} || ':' || ${id}::text`, details: nothing, status: nothing, from: nothing, to: nothing,
    by: nothing, dueDate: sql`null::timestamptz`, duration: sql`null::int`, contactName: nothing,
    emailStatus: nothing, emailProblem: nothing, oldValues: values, newValues: values,
    files: values, mentions: values, ...says,
  };
  return sql.join(Object.entries(columns).map(([name, column]) => sql`${column} as ${sql.ref(name)}`));
}

export const nameOfUser = (id: Sql): Sql => sql`(select u.full_name from app_user u where u.id = ${id})`;
