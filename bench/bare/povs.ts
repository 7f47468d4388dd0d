import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';

/** The same columns of the same rows as the list of POVs, of one tenant, written by hand. */
const select = `select p.id, p.title, p.status, p.start_date as "startDate", p.end_date as "endDate",
    p.owner_id as "ownerId", p.team_id as "teamId", p.customer_name as "customerName", p.account_id as "accountId",
    coalesce(p.opportunity_id::text, p.outside_opportunity_id) as "opportunityId",
    coalesce((select t.opportunity_name from opportunity t where t.tenant_id = $1 and t.id = p.opportunity_id
      and t.deleted_at is null), p.opportunity_name) as "opportunityName", p.revenue,
    p.estimated_budget as "estimatedBudget", p.competitors, p.tags, p.status_since as "statusSince",
    p.created_at as "createdAt", p.updated_at as "updatedAt", p.version, p.created_at as "createdDate",
    o.full_name as "ownerName",
    (select coalesce(json_agg(t), '[]') from (
      select m.user_id as "userId", u.full_name as name, m.role from team_member m join app_user u on u.id = m.user_id
      where m.tenant_id = $1 and m.pov_id = p.id and m.deleted_at is null order by m.created_at, m.id) t) as members,
    (select to_json(t) from (
      select h.id, h.name, h.status,
        to_char(h.end_date at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "endDate"
      from phase h where h.tenant_id = $1 and h.pov_id = p.id and h.deleted_at is null and h.status <> 'COMPLETED'
      order by h.position, h.template_id is not null, h.created_at, h.id) t limit 1) as "currentPhase",
    (select count(*)::int from phase h where h.tenant_id = $1 and h.pov_id = p.id and h.deleted_at is null
      and h.status = 'COMPLETED') as "phasesDone",
    (select count(*)::int from phase h where h.tenant_id = $1 and h.pov_id = p.id and h.deleted_at is null)
      as "phasesTotal",
    pr.waiting_for as "waitingFor"
  from pov p join app_user o on o.id = p.owner_id
    left join process pr on pr.tenant_id = $1 and pr.entity_id = p.id and pr.type = 'povLifecycle'`;
const text = ['title', 'customer_name', 'partner_name', 'opportunity_name', 'objective']
  .map(column => `coalesce(p.${column}, '')`)
  .join(` || E'\\n' || `);
const order = 'order by p.updated_at desc, p.id desc limit 51';

export async function listPovs(pool: Pool, tenantId: string, wanted?: string): Promise<object> {
  const found = wanted
    ? await pool.query(
        `${select} where p.tenant_id = $1 and p.deleted_at is null and (${text}) ilike $2 ${order}`,
        [tenantId, `%${wanted}%`],
      )
    : await pool.query(`${select} where p.tenant_id = $1 and p.deleted_at is null ${order}`, [tenantId]);
  return { items: found.rows.slice(0, 50) };
}

interface Asked {
  title: string;
  startDate: string;
  endDate: string;
}

/** The rows of a new POV, one insert after the other in one transaction. */
export async function createPov(pool: Pool, [tenantId, userId]: [string, string], asked: Asked): Promise<object> {
  const [id, teamId, memberId, phaseId, activityId] = Array.from({ length: 5 }, () => randomUUID());
  const { title, startDate, endDate } = asked;
  const now = new Date();
  const shared = [tenantId, now, userId];
  const db = await pool.connect();
  try {
    await db.query('begin');
    await db.query(`insert into team (id, tenant_id, created_at, updated_at, created_by, updated_by, name)
      values ($4, $1, $2, $2, $3, $3, $5)`, [...shared, teamId, `${title} Team`]);
    await db.query(`insert into pov (id, tenant_id, created_at, updated_at, created_by, updated_by, title, status_since,
      start_date, end_date, team_id, owner_id) values ($4, $1, $2, $2, $3, $3, $5, $2, $6, $7, $8, $3)`,
      [...shared, id, title, startDate, endDate, teamId]);
    await db.query(`insert into team_member (id, tenant_id, created_at, updated_at, created_by, updated_by, team_id,
      pov_id, user_id, role) values ($4, $1, $2, $2, $3, $3, $5, $6, $3, 'OWNER')`, [...shared, memberId, teamId, id]);
    await db.query(`insert into phase (id, tenant_id, created_at, updated_at, created_by, updated_by, pov_id, name,
      description, type, position, start_date, end_date, details) values ($4, $1, $2, $2, $3, $3, $5, 'Planning',
      'Initial planning phase', 'PLANNING', 0, $6, $7, '{"tasks": []}')`, [...shared, phaseId, id, startDate, endDate]);
    await db.query(`insert into pov_activity (id, tenant_id, created_at, updated_at, created_by, updated_by, pov_id,
      user_id, action, details) values ($4, $1, $2, $2, $3, $3, $5, $3, 'pov.created', $6)`,
      [...shared, activityId, id, { title }]);
    await db.query(`insert into process (workflow_id, tenant_id, type, entity_type, entity_id, title, owner_id,
      started_by, status, started_at) values ($4, $1, 'povLifecycle', 'pov', $5, $6, $3, $3, 'starting', $2)`,
      [...shared, `pov-lifecycle-${id}`, id, title]);
    const written = { team: teamId, pov: id, team_member: memberId, phase: phaseId, pov_activity: activityId };
    await db.query(`insert into audit_log (id, tenant_id, created_at, user_id, actor, actor_name, action, table_name,
      record_id, verb, new_values) select gen_random_uuid(), $1, $2, $3, $4, 'Robin', 'CREATE', t.name, t.id,
      'create-pov', $7 from unnest($5::text[], $6::text[]) t (name, id)`,
      [...shared, `user:${userId}`, Object.keys(written), Object.values(written), { id, title, startDate, endDate }]);
    await db.query('insert into stream (entity_id, tenant_id, seq) values ($2, $1, 1)', [tenantId, id]);
    await db.query(`insert into outbox_event (tenant_id, name, entity_id, story_id, seq, payload, tells, summary, actor,
      actor_name, at, position, delivered_at) values ($1, 'bare', $3, $3, 1, $4, '[]', 'created', $5, 'Robin', $2, null,
      $2)`, [tenantId, now, id, { povId: id, title }, `user:${userId}`]);
    await db.query('commit');
  } catch (error) {
    await db.query('rollback');
    throw error;
  } finally {
    db.release();
  }
  return { data: { id, ...asked } };
}
