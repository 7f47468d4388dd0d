import type { Actor } from '../../domain/platform/actor.ts';
import { sql, type Sql } from '../platform/sql.ts';

/** The day that it is at the tenant's clock, in its time zone. */
const today = sql`((select
    coalesce(c.frozen_at, clock_timestamp() + make_interval(secs => coalesce(c.offset_ms, 0) / 1000.0))
      at time zone t.time_zone
  from tenant t left join tenant_clock c on c.tenant_id = t.id
  where t.id = current_setting('app.tenant')::uuid)::date)`;

const isThere = (alias: string): Sql =>
  sql`${sql.ref(`${alias}.active`)} and ${sql.ref(`${alias}.deleted_at`)} is null`;
const isOn = (alias: string): Sql =>
  sql`${sql.ref(`${alias}.deleted_at`)} is null
    and ${today} between ${sql.ref(`${alias}.from_day`)} and ${sql.ref(`${alias}.until_day`)}`;

/** The users with these ids, active or not, and the active holders of these roles; each with who stands in today. */
export const knownSql = (ids: Sql, roles: Sql): Sql =>
  sql`select u.id, u.full_name as name, u.role, ${isThere('u')} as active, d.id as "standInId",
      d.full_name as "standInName"
    from app_user u
      left join stand_in a on a.user_id = u.id and ${isOn('a')}
      left join app_user d on d.id = a.stand_in_id and ${isThere('d')}
    where u.id = any(${ids}) or (u.role = any(${roles}) and ${isThere('u')})`;

/** Whether the actor stands in today for an approver of the step `s` of `i`, who did not ask for it themselves. */
export const standsInOn = (actor: Actor): Sql =>
  sql`exists (select 1 from stand_in a join app_user u on u.id = a.user_id
    where a.stand_in_id = ${actor.userId}::uuid and ${isOn('a')} and ${isThere('u')}
      and (u.id = any(s.assignee_ids) or u.role = any(s.open_to) or u.role = 'SUPER_ADMIN' and 'ADMIN' = any(s.open_to))
      and not u.id = any(s.handed_by) and not (i.exclude_requester and i.requester_id is not distinct from u.id)
      and not (i.exclude_requester and i.requester_id is not distinct from a.stand_in_id))`;

/** For whom a deleted stand-in stood in, and who. */
export const standInTitle = sql`(select d.full_name || ' for ' || u.full_name
  from app_user u, app_user d where u.id = t.user_id and d.id = t.stand_in_id)`;
