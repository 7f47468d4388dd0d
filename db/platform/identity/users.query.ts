import type { EntityManager } from '@mikro-orm/postgresql';
import type { ListQuery } from '../../../domain/platform/list.ts';
import type { User as UserShape } from '../../../domain/platform/identity/user.ts';
import { listRows, type ListAnswer, type ListField, type ListSource } from '../list.query.ts';
import type { Reader } from '../reader.ts';
import { anywhere, selected, sql, type Sql } from '../sql.ts';
import type { User } from './user.entity.ts';

const columns: Record<string, Sql> = {
  id: sql`u.id`,
  tenantId: sql`u.tenant_id`,
  username: sql`u.username`,
  fullName: sql`u.full_name`,
  email: sql`u.email`,
  role: sql`u.role`,
  active: sql`u.active`,
  lastLogin: sql`u.last_login`,
  createdAt: sql`u.created_at`,
  updatedAt: sql`u.updated_at`,
  createdBy: sql`u.created_by`,
  updatedBy: sql`u.updated_by`,
  version: sql`u.version`,
};
const name: ListField = { sql: sql`u.full_name`, kind: 'text' };
const fields: Record<string, ListField> = {
  username: { sql: sql`u.username`, kind: 'text' },
  fullName: name,
  name,
  email: { sql: sql`u.email`, kind: 'text' },
  role: { sql: sql`u.role`, kind: 'text' },
  active: { sql: sql`u.active`, kind: 'boolean' },
  lastLogin: { sql: sql`u.last_login`, kind: 'instant', nullable: true },
  createdAt: { sql: sql`u.created_at`, kind: 'instant' },
  updatedAt: { sql: sql`u.updated_at`, kind: 'instant' },
};
const kept = sql`u.deleted_at is null`;
const active = sql`u.active`;

const source = (of: Pick<ListSource, 'columns' | 'fields' | 'where' | 'search'>): ListSource => ({
  ...of,
  from: sql`app_user u`,
  key: sql`u.id`,
  defaultSort: 'fullName',
});

const anyPart = (text: string): Sql =>
  sql`(u.full_name ilike ${anywhere(text)} or u.username ilike ${anywhere(text)} or u.email ilike ${anywhere(text)})`;

export const listUsers = (read: Reader, query: ListQuery): Promise<ListAnswer<UserShape>> =>
  listRows<UserShape>(
    read,
    source({
      columns,
      fields,
      where: [kept],
      search: anyPart,
    }),
    query,
  );

export interface UserSummaryRow {
  id: string;
  name: string;
  email: string;
  role: string;
}
/** Active users with their roles. */
export const listUserSummaries = (read: Reader, query: ListQuery): Promise<ListAnswer<UserSummaryRow>> =>
  listRows<UserSummaryRow>(
    read,
    source({
      columns: { id: sql`u.id`, name: sql`u.full_name`, email: sql`u.email`, role: sql`u.role` },
      fields: { fullName: name, name, email: fields['email']!, role: fields['role']! },
      where: [kept, active],
      search: anyPart,
    }),
    query,
  );

export interface PersonRow {
  id: string;
  name: string;
}
/**
 * Names only, sorted by nothing else. Whoever may read users finds them by any part of their address and username too,
 * all others by the whole of one: so that these cannot be guessed letter by letter.
 */
export const listPeople = (
  read: Reader, query: ListQuery, readsUsers: boolean,
): Promise<ListAnswer<PersonRow>> =>
  listRows<PersonRow>(
    read,
    source({
      columns: { id: sql`u.id`, name: sql`u.full_name` },
      fields: { fullName: name, name },
      where: [kept, active],
      search: readsUsers ? anyPart : text => sql`(u.full_name ilike ${anywhere(text)}
        or lower(${text.trim()}) in (lower(u.username), lower(u.email)))`,
    }),
    query,
  );

export const userById = (read: Reader, id: string): Promise<UserShape | undefined> =>
  read.row<UserShape>(
    sql`select ${selected(columns)} from app_user u where u.id = ${id} and ${kept}`,
  );

/** What signing in compares with. Names differ by more than case; an exact one comes first all the same. */
export const passwordOf = (
  read: Reader,
  username: string,
): Promise<{ id: string; passwordHash: string | null } | undefined> =>
  read.row(
    sql`select u.id, u.password_hash as "passwordHash" from app_user u
    where lower(u.username) = lower(${username}) and ${kept} order by u.username = ${username} desc limit 1`,
  );

/** The active holders of a role, inside a verb. A super admin holds the role of an admin, too. */
export const usersWithRole = (
  em: EntityManager,
  role: string,
): Promise<{ id: string; fullName: string; email: string }[]> =>
  em.execute(
    `select id, full_name as "fullName", email from app_user
   where (role = ? or (? = 'ADMIN' and role = 'SUPER_ADMIN')) and active and deleted_at is null order by full_name, id`,
    [role, role],
  );

/** A user just written, as the API shows it. */
export const asUser = (u: User): UserShape => ({
  id: u.id,
  tenantId: u.tenantId,
  username: u.username,
  fullName: u.fullName,
  email: u.email,
  role: u.role,
  active: u.active,
  lastLogin: u.lastLogin?.toISOString() ?? null,
  createdAt: u.createdAt.toISOString(),
  updatedAt: u.updatedAt.toISOString(),
  createdBy: u.createdBy ?? null,
  updatedBy: u.updatedBy ?? null,
  version: u.version,
});

/** Who may have a new password mailed, by user name or address. */
export const resettable = (
  read: Reader,
  username: string,
): Promise<{ id: string; name: string; email: string } | undefined> =>
  read.row(
    sql`select u.id, u.full_name as name, u.email from app_user u
    where (lower(u.username) = lower(${username}) or lower(u.email) = lower(${username})) and u.active and ${kept}
    order by lower(u.username) = lower(${username}) desc limit 1`,
  );
