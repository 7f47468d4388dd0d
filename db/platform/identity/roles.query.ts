import type { EntityManager } from '@mikro-orm/postgresql';
import type { ListQuery } from '../../../domain/platform/list.ts';
import type { PermissionRow } from '../../../domain/platform/permission.ts';
import type { RoleView } from '../../../domain/platform/identity/role.contract.ts';
import { listRows, type ListAnswer } from '../list.query.ts';
import type { Reader } from '../reader.ts';
import { anywhere, selected, sql, type Sql } from '../sql.ts';

const columns: Record<string, Sql> = {
  id: sql`r.id`,
  code: sql`r.code`,
  name: sql`r.name`,
  builtIn: sql`r.built_in`,
  secondFactor: sql`r.second_factor`,
  createdAt: sql`r.created_at`,
  updatedAt: sql`r.updated_at`,
  version: sql`r.version`,
  users: sql`(select count(*) from app_user u where u.role = r.code and u.active and u.deleted_at is null)`,
  permissions: sql`coalesce((
    select json_agg(json_build_object('subject', p.subject, 'action', p.action, 'scope', p.scope)
      order by p.subject, p.action)
    from role_permission p where p.role = r.code and p.deleted_at is null), '[]')`,
};
const kept = sql`r.deleted_at is null`;

export const listRoles = (read: Reader, query: ListQuery): Promise<ListAnswer<RoleView>> =>
  listRows<RoleView>(
    read,
    {
      columns,
      from: sql`role r`,
      where: [kept],
      key: sql`r.id`,
      defaultSort: '-builtIn,name',
      fields: {
        code: { sql: sql`r.code`, kind: 'text' },
        name: { sql: sql`r.name`, kind: 'text' },
        builtIn: { sql: sql`r.built_in`, kind: 'boolean' },
        createdAt: { sql: sql`r.created_at`, kind: 'instant' },
      },
      search: text => sql`r.name ilike ${anywhere(text)}`,
    },
    query,
  );

export const roleById = (read: Reader, id: string): Promise<RoleView | undefined> =>
  read.row<RoleView>(
    sql`select ${selected(columns)} from role r where r.id = ${id} and ${kept}`,
  );

export type Cell = Omit<PermissionRow, 'role'>;
/** What a role may do, inside a verb; null when there is no such role. */
export async function cellsOfRole(em: EntityManager, code: string): Promise<Cell[] | null> {
  const [role] = await em.execute<{ cells: Cell[] }[]>(
    `select coalesce((select json_agg(json_build_object('subject', p.subject, 'action', p.action, 'scope', p.scope))
       from role_permission p where p.role = r.code and p.deleted_at is null), '[]') as cells
     from role r where r.code = ? and r.deleted_at is null`,
    [code],
  );
  return role?.cells ?? null;
}
