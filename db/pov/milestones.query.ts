import type { Actor } from '../../domain/platform/actor.ts';
import type { ListQuery } from '../../domain/platform/list.ts';
import type { Milestone, MilestoneOfPov } from '../../domain/pov/milestone.ts';
import { listRows, type ListAnswer, type ListField } from '../platform/list.query.ts';
import type { Reader } from '../platform/reader.ts';
import { anywhere, columnsOf, selected, sql, type Sql } from '../platform/sql.ts';
import { byMember, visiblePovs } from './pov-scope.query.ts';

const columns = columnsOf('s', [
  'id',
  'povId',
  'phaseId',
  'name',
  'description',
  'dueDate',
  'status',
  'completedAt',
  'createdAt',
  'updatedAt',
  'version',
]);

export const milestonesOf = (povId: Sql): Sql =>
  sql`select ${selected(columns)} from milestone s
    where s.pov_id = ${povId} and s.deleted_at is null order by s.due_date, s.id`;

const fields: Record<string, ListField> = {
  dueDate: { sql: sql`s.due_date`, kind: 'instant' },
  name: { sql: sql`s.name`, kind: 'text' },
  status: { sql: sql`s.status`, kind: 'text' },
  createdAt: { sql: sql`s.created_at`, kind: 'instant' },
};

const ofPhase = (povId: string, phaseId: string): Sql[] => [
  sql`s.pov_id = ${povId}`,
  sql`s.phase_id = ${phaseId}`,
  sql`s.deleted_at is null`,
];

export const listMilestones = (
  read: Reader,
  povId: string,
  phaseId: string,
  query: ListQuery,
): Promise<ListAnswer<Milestone>> =>
  listRows<Milestone>(
    read,
    {
      columns,
      from: sql`milestone s`,
      where: ofPhase(povId, phaseId),
      key: sql`s.id`,
      defaultSort: 'dueDate',
      fields,
      search: q => sql`s.name ilike ${anywhere(q)}`,
    },
    query,
  );

/** Of every POV that the actor may see: `filter[member]` are people in its team, `filter[povStatus]` its status. */
export const listMilestonesEverywhere = (
  read: Reader,
  actor: Actor,
  query: ListQuery,
): Promise<ListAnswer<MilestoneOfPov>> =>
  listRows<MilestoneOfPov>(
    read,
    {
      columns: {
        ...columns,
        povTitle: sql`p.title`,
        customerName: sql`p.customer_name`,
        phaseName: sql`h.name`,
        ownerId: sql`p.owner_id`,
        ownerName: sql`o.full_name`,
      },
      from: sql`milestone s join pov p on p.id = s.pov_id join phase h on h.id = s.phase_id
        join app_user o on o.id = p.owner_id`,
      where: [sql`s.deleted_at is null`, sql`h.deleted_at is null`, sql`p.deleted_at is null`, visiblePovs(actor)],
      key: sql`s.id`,
      defaultSort: 'dueDate',
      fields: {
        ...fields,
        povId: { sql: sql`s.pov_id`, kind: 'uuid' },
        povTitle: { sql: sql`p.title`, kind: 'text' },
        povStatus: { sql: sql`p.status`, kind: 'text' },
        ownerId: { sql: sql`p.owner_id`, kind: 'uuid' },
      },
      filters: { member: byMember },
      search: q => sql`s.name ilike ${anywhere(q)}`,
    },
    query,
  );

export const readMilestone = (
  read: Reader,
  povId: string,
  phaseId: string,
  milestoneId: string,
): Promise<Milestone | undefined> =>
  read.row<Milestone>(
    sql`select ${selected(columns)} from milestone s
      where s.id = ${milestoneId} and ${sql.join(ofPhase(povId, phaseId), sql` and `)}`,
  );
