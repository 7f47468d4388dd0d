import { deviceOf, type SignInEntry } from '../../../domain/platform/identity/sign-in-entry.ts';
import type { Reader } from '../reader.ts';
import { sql } from '../sql.ts';

/** How many are shown; nobody has as many. */
const shown = 200;

/** A user's sessions that are good now, the last used first. */
export async function openSessionsOf(
  read: Reader,
  userId: string,
  current: string | null | undefined,
): Promise<SignInEntry[]> {
  const rows = await read.rows<Omit<SignInEntry, 'device' | 'current'>>(
    sql`select id, user_agent as "userAgent", ip, opened_at as "createdAt",
      coalesce(last_used_at, opened_at) as "lastUsedAt", expires_at as "expiresAt"
    from session where user_id = ${userId} and revoked_at is null and expires_at > now()
    order by coalesce(last_used_at, opened_at) desc, id limit ${shown}`,
  );
  return rows.map(row => ({ ...row, device: deviceOf(row.userAgent), current: row.id === current }));
}
