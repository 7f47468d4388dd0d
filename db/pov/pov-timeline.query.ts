import type { Actor } from '../../domain/platform/actor.ts';
import type { PovActivityAction } from '../../domain/pov/pov-activity.ts';
import { line, nameOfUser, type Subject, type TimelineSource } from '../crm/timeline-line.ts';
import { sql } from '../platform/sql.ts';
import { visiblePovs } from './pov-scope.query.ts';

/** What of a POV concerns those who look after its customer. */
const told: readonly PovActivityAction[] = ['pov.created', 'status.changed', 'phase.completed', 'launch.confirmed'];

/** The milestones of POVs in the story of their account and opportunity, of those that the actor may see (CRM-089). */
export function povEvents({ of, id }: Subject, actor: Actor): TimelineSource[] {
  if (of === 'contact') return [];
  const theirs = of === 'account' ? sql`p.account_id = ${id}::uuid` : sql`p.opportunity_id = ${id}::uuid`;
  const rows = sql`select ${line(sql`a.id`, {
    at: sql`a.created_at`, kind: sql`'pov'::text`, type: sql`a.action`, title: sql`p.title`,
    details: sql`coalesce(a.details ->> 'phase', a.details ->> 'reason')`,
    from: sql`a.details ->> 'from'`, to: sql`a.details ->> 'to'`, by: nameOfUser(sql`a.user_id`),
    recordType: sql`'pov'`, recordId: sql`p.id`,
  })} from pov p join pov_activity a on a.pov_id = p.id
    where ${theirs} and p.deleted_at is null and ${visiblePovs(actor)} and a.action = any(${[...told]}::text[])`;
  return [{ kind: 'pov', rows }];
}
