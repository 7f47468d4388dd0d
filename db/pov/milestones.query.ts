import type { ListQuery } from '../../domain/platform/list.ts';
import type { Milestone } from '../../domain/pov/milestone.ts';
import { listRows, type ListAnswer } from '../platform/list.query.ts';
import type { Reader } from '../platform/reader.ts';
import { anywhere, columnsOf, selected, sql, type Sql } from '../platform/sql.ts';

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
      fields: {
        dueDate: { sql: sql`s.due_date`, kind: 'instant' },
        name: { sql: sql`s.name`, kind: 'text' },
        status: { sql: sql`s.status`, kind: 'text' },
        createdAt: { sql: sql`s.created_at`, kind: 'instant' },
      },
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
