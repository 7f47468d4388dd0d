import { abilityFor, type PermissionRow } from '../../../domain/platform/permission.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import type { AnyRecord } from '../../../domain/platform/record.ts';
import { inScope } from '../record.query.ts';
import { anywhere, sql, type Sql } from '../sql.ts';

/** Somebody with all that their role may do. */
export interface Candidate {
  id: string;
  name: string;
  role: string;
  cells: Omit<PermissionRow, 'role'>[];
}
const candidates = (where: Sql, limit: number): Sql => sql`select u.id, u.full_name as name, u.role, coalesce((
    select jsonb_agg(jsonb_build_object('subject', p.subject, 'action', p.action, 'scope', p.scope))
    from role_permission p where p.role = u.role and p.deleted_at is null), '[]') as cells
  from app_user u where u.active and u.deleted_at is null and ${where}
  order by u.full_name, u.id limit ${sql.lit(limit)}`;

/** Active users whose name has the text. */
export const candidatesNamed = (q: string, limit: number): Sql =>
  candidates(q ? sql`u.full_name ilike ${anywhere(q)}` : sql`true`, limit);
/** Those of the ids who are active users. */
export const candidatesAmong = (ids: readonly string[]): Sql =>
  candidates(sql`u.id = any(${[...ids]}::uuid[])`, ids.length || 1);

/** Which of them may read the row of the record, by the same rule as when they ask for it themselves. */
export const readersAmong = (
  { tenantId }: Pick<Actor, 'tenantId'>, people: readonly Candidate[], record: AnyRecord, id: string,
): Sql => {
  const selects = people.map(person => sql`select ${person.id}::uuid as id where exists (
    select 1 from ${sql.table(record.tableName)} t where t.id = ${id}::uuid and t.deleted_at is null
      and ${inScope(record, actorOf(tenantId, person), `${record.subject}:read`)})`);
  return selects.length ? sql.join(selects, sql` union all `) : sql`select null::uuid as id where false`;
};

const actorOf = (tenantId: string, { id, name, role, cells }: Candidate): Actor => ({
  kind: 'user', tenantId, userId: id, key: `user:${id}`, name, role, permissions: cells,
  ability: abilityFor(cells, id),
});
