import type { ListQuery } from '../../domain/platform/list.ts';
import { teamRoles, type TeamMember } from '../../domain/pov/team-member.ts';
import { listRows, type ListAnswer } from '../platform/list.query.ts';
import type { Reader } from '../platform/reader.ts';
import { anywhere, columnsOf, selected, sql, type Sql } from '../platform/sql.ts';

const columns: Record<string, Sql> = {
  ...columnsOf('m', ['id', 'teamId', 'povId', 'userId', 'role', 'createdAt', 'updatedAt', 'version']),
  name: sql`u.full_name`,
  email: sql`u.email`,
  active: sql`u.active`,
};
/** Owner first, then as the roles are listed. */
const rank = sql`array_position(array[${sql.join([...teamRoles])}]::text[], m.role::text)`;
const from = sql`team_member m join app_user u on u.id = m.user_id`;

export const membersOf = (povId: Sql): Sql =>
  sql`select ${selected(columns)} from ${from}
    where m.pov_id = ${povId} and m.deleted_at is null order by ${rank}, u.full_name, m.id`;

export const listTeamMembers = (read: Reader, povId: string, query: ListQuery): Promise<ListAnswer<TeamMember>> =>
  listRows<TeamMember>(
    read,
    {
      columns,
      from,
      where: [sql`m.pov_id = ${povId}`, sql`m.deleted_at is null`],
      key: sql`m.id`,
      defaultSort: 'rank,name',
      fields: {
        rank: { sql: rank, kind: 'number' },
        createdAt: { sql: sql`m.created_at`, kind: 'instant' },
        name: { sql: sql`u.full_name`, kind: 'text' },
        role: { sql: sql`m.role`, kind: 'text' },
        userId: { sql: sql`m.user_id`, kind: 'uuid' },
      },
      search: q => sql`(u.full_name ilike ${anywhere(q)} or u.email ilike ${anywhere(q)})`,
    },
    query,
  );
