import type { ListQuery } from '../../../domain/platform/list.ts';
import { listRows, type ListAnswer } from '../list.query.ts';
import type { Reader } from '../reader.ts';
import { anywhere, selected, sql, type Sql } from '../sql.ts';

export interface ApiKeyRow {
  id: string;
  name: string;
  role: string;
  prefix: string;
  user: { id: string; name: string };
  createdAt: string;
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}

const columns: Record<string, Sql> = {
  id: sql`k.id`,
  name: sql`k.name`,
  role: sql`k.role`,
  prefix: sql`k.prefix`,
  user: sql`json_build_object('id', u.id, 'name', u.full_name)`,
  createdAt: sql`k.created_at`,
  expiresAt: sql`k.expires_at`,
  lastUsedAt: sql`k.last_used_at`,
  revokedAt: sql`k.revoked_at`,
};
const usable = sql`(k.revoked_at is null and (k.expires_at is null or k.expires_at > now()))`;
const from = sql`api_key k join app_user u on u.id = k.user_id`,
  kept = sql`k.deleted_at is null`;

/** Of one user, or of all when `userId` is null. */
export const listApiKeys = (read: Reader, userId: string | null, query: ListQuery): Promise<ListAnswer<ApiKeyRow>> =>
  listRows<ApiKeyRow>(
    read,
    {
      columns,
      from,
      where: userId ? [kept, sql`k.user_id = ${userId}`] : [kept],
      key: sql`k.id`,
      defaultSort: '-createdAt',
      fields: {
        name: { sql: sql`k.name`, kind: 'text' },
        role: { sql: sql`k.role`, kind: 'text' },
        userId: { sql: sql`k.user_id`, kind: 'uuid' },
        createdAt: { sql: sql`k.created_at`, kind: 'instant' },
        expiresAt: { sql: sql`k.expires_at`, kind: 'instant', nullable: true },
        lastUsedAt: { sql: sql`k.last_used_at`, kind: 'instant', nullable: true },
      },
      filters: { active: values => (values[0] === 'false' ? sql`not ${usable}` : usable) },
      search: text => sql`k.name ilike ${anywhere(text)}`,
    },
    query,
  );

export const apiKeyById = (read: Reader, id: string): Promise<ApiKeyRow | undefined> =>
  read.row<ApiKeyRow>(
    sql`select ${selected(columns)} from ${from} where k.id = ${id} and ${kept}`,
  );
