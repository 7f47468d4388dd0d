import type { ListQuery } from '../../domain/platform/list.ts';
import type { PovActivity } from '../../domain/pov/pov-activity.ts';
import { listRows, type ListAnswer } from '../platform/list.query.ts';
import type { Reader } from '../platform/reader.ts';
import { columnsOf, selected, sql, type Sql } from '../platform/sql.ts';

const columns: Record<string, Sql> = {
  ...columnsOf('a', ['id', 'povId', 'userId', 'action', 'details', 'createdAt']),
  userName: sql`u.full_name`,
};
const from = sql`(
    select id, pov_id, user_id, action, details, created_at from pov_activity
    union all
    select d.id, i.story_id, d.decided_by, 'step.' || d.decision,
      jsonb_build_object('approval', i.title, 'step', s.name, 'comment', d.comment), d.decided_at
    from decision d join workflow_instance i on i.id = d.workflow_id join workflow_step s on s.id = d.workflow_step_id
  ) a left join app_user u on u.id = a.user_id`;

export const activitiesOf = (povId: Sql, newest: number): Sql =>
  sql`select ${selected(columns)} from ${from}
    where a.pov_id = ${povId} order by a.created_at desc, a.id desc limit ${newest}`;

/** Newest first (POV-089). */
export const listPovActivities = (read: Reader, povId: string, query: ListQuery): Promise<ListAnswer<PovActivity>> =>
  listRows<PovActivity>(
    read,
    {
      columns,
      from,
      where: [sql`a.pov_id = ${povId}`],
      key: sql`a.id`,
      defaultSort: '-createdAt',
      fields: {
        createdAt: { sql: sql`a.created_at`, kind: 'instant' },
        action: { sql: sql`a.action`, kind: 'text' },
        userId: { sql: sql`a.user_id`, kind: 'uuid', nullable: true },
      },
    },
    query,
  );
