import type { Reader } from '../reader.ts';
import { sql, type Sql } from '../sql.ts';

/** Who holds a credential, and which version the roles concerned have now: read anew at each request (PLT-039). */
export interface Holder {
  userId: string;
  name: string;
  role: string;
  sessionId: string | null;
  apiKeyId: string | null;
  keyRole: string | null;
  /** Of the session or the key, to the minute. */
  usedAt: string | null;
  /** Of what the roles may do; it changes with every change of that. */
  cellsVersion: string | null;
  keyCellsVersion: string | null;
}

const versionOf = (role: Sql): Sql => sql`(select r.cells_version from role r where r.code = ${role})`;
const present = sql`u.active and u.deleted_at is null`;

const bySession = (read: Reader, which: Sql): Promise<Holder | undefined> =>
  read.row<Holder>(
    sql`select u.id as "userId", u.full_name as name, u.role, s.id as "sessionId",
    null as "apiKeyId", null as "keyRole", s.last_used_at as "usedAt",
    ${versionOf(sql`u.role`)} as "cellsVersion", null as "keyCellsVersion"
    from session s join app_user u on u.id = s.user_id
    where ${which} and s.revoked_at is null and s.expires_at > now() and ${present}`,
  );

export const holderOfSession = (read: Reader, sessionId: string, userId: string): Promise<Holder | undefined> =>
  bySession(read, sql`s.id = ${sessionId} and s.user_id = ${userId}`);

export const holderOfCookie = (read: Reader, cookieHash: string): Promise<Holder | undefined> =>
  bySession(read, sql`s.cookie_hash = ${cookieHash}`);

export const holderOfApiKey = (read: Reader, secretHash: string): Promise<Holder | undefined> =>
  read.row<Holder>(
    sql`select u.id as "userId", u.full_name as name, u.role, null as "sessionId",
    k.id as "apiKeyId", k.role as "keyRole", k.last_used_at as "usedAt",
    ${versionOf(sql`u.role`)} as "cellsVersion", ${versionOf(sql`k.role`)} as "keyCellsVersion"
    from api_key k join app_user u on u.id = k.user_id
    where k.secret_hash = ${secretHash} and k.revoked_at is null and k.deleted_at is null
      and (k.expires_at is null or k.expires_at > now()) and ${present}`,
  );

export interface SessionRow {
  email: string;
  tenantName: string;
  slug: string;
  timeZone: string;
  sandbox: boolean;
  currency: string;
  accent: string | null;
  logoText: string | null;
  offsetMs: number;
  frozenAt: number | null;
  position: number;
}
/** The surroundings of a signed-in user: tenant and its clock. */
export const sessionOf = (read: Reader, userId: string): Promise<SessionRow | undefined> =>
  read.row<SessionRow>(
    sql`select u.email, t.name as "tenantName", t.slug, t.time_zone as "timeZone", t.sandbox, t.currency,
    t.settings->>'accent' as accent, t.settings->>'logoText' as "logoText",
    coalesce(c.offset_ms, 0) as "offsetMs", (extract(epoch from c.frozen_at) * 1000)::bigint as "frozenAt",
    coalesce((select max(position) from outbox_event where tenant_id = u.tenant_id), 0) as position
    from app_user u join tenant t on t.id = u.tenant_id left join tenant_clock c on c.tenant_id = u.tenant_id
    where u.id = ${userId}`,
  );
