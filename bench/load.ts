import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { Company } from './people.ts';
import { asOwner, type Database } from './rig.ts';

/** What a search finds in a database of any size: this many POVs have the word. */
export const rareWord = 'Zephyr';
const rareCount = 40;

/**
 * POVs with their teams, phases, histories and processes, by one statement for each table, as the owner. `open` is
 * false where a worker runs: it would find the processes missing in the engine.
 */
export async function loadPovs(of: Database, who: Company, count: number, open = true): Promise<void> {
  await asOwner(of, db => fillPovs(db, who, count, open));
}

async function fillPovs(db: Client, who: Company, count: number, open: boolean): Promise<void> {
  await db.query('begin');
  await db.query(
    `create temp table made on commit drop as
     select n, gen_random_uuid() as id, gen_random_uuid() as team_id,
       ($1::uuid[])[1 + n % cardinality($1::uuid[])] as owner_id,
       case when n % greatest($2 / $3, 1) = 0 then '${rareWord}' else (array['Northwind', 'Contoso', 'Fabrikam',
       'Initech', 'Globex', 'Umbrella', 'Hooli'])[1 + n % 7] end || ' evaluation ' || n as title,
       now() - n * interval '30 seconds' as at
     from generate_series(1, $2::int) n`,
    [[...who.managers, ...who.sales].map(p => p.id), count, rareCount],
  );
  for (const sql of statements) await db.query(sql, [who.tenantId]);
  await db.query(
    `insert into team_member (id, tenant_id, created_at, updated_at, team_id, pov_id, user_id, role)
     select gen_random_uuid(), $1, at, at, team_id, m.id, case r.n when 1 then owner_id else
       ($2::uuid[])[1 + (m.n * 7 + r.n) % cardinality($2::uuid[])] end, r.role
     from made m, (values (1, 'OWNER'), (2, 'PROJECT_MANAGER'), (3, 'SALES_ENGINEER')) r (n, role)
     on conflict do nothing`,
    [who.tenantId, who.sales.map(p => p.id)],
  );
  await db.query(processes, [who.tenantId, open ? 'waiting' : 'closed']);
  await db.query('commit');
  await db.query('vacuum analyze');
}

const statements = [
  `insert into team (id, tenant_id, created_at, updated_at, name)
   select team_id, $1, at, at, title || ' Team' from made`,
  `insert into pov (id, tenant_id, created_at, updated_at, title, status, status_since, start_date, end_date, team_id,
     owner_id, customer_name, objective, tags, revenue)
   select id, $1, at, at, title, (array['PROJECTED', 'IN_PROGRESS', 'STALLED', 'VALIDATION', 'WON', 'LOST'])[1 + n % 6],
     at, at, at + interval '60 days', team_id, owner_id, 'Customer ' || n, 'Shows that it works', array['cloud'], n
   from made`,
  `insert into phase (id, tenant_id, created_at, updated_at, pov_id, name, type, position, start_date, end_date, status)
   select gen_random_uuid(), $1, at, at, id, (array['Planning', 'Setup', 'Trial', 'Review'])[p + 1], 'EXECUTION', p,
     at, at + interval '60 days', case when p < n % 4 then 'COMPLETED' else 'NOT_STARTED' end
   from made, generate_series(0, 3) p`,
  `insert into pov_activity (id, tenant_id, created_at, updated_at, pov_id, user_id, action, details)
   select gen_random_uuid(), $1, at, at, id, owner_id, 'pov.created', '{}' from made`,
  `insert into stream (tenant_id, entity_id, seq) select $1, id, 1 from made`,
];
const processes = `insert into process (workflow_id, tenant_id, type, entity_type, entity_id, title, owner_id, status,
    stage, waiting_for, started_at, seen_seq, closed_at)
  select 'pov-lifecycle-' || id, $1, 'povLifecycle', 'pov', id, title, owner_id, $2::text, 'Trial',
    jsonb_build_object('sentence', 'Waiting for Robin to submit Setup', 'on', 'Robin', 'since', at, 'until', null,
    'then', null, 'person', true), at, 1, case when $2::text = 'closed' then at end
  from made`;

/** Approvals of one step, open and each waiting for the next of these people; their ids. The engine knows none. */
export async function loadApprovals(
  of: Database, who: Company, count: number, approvers: string[],
): Promise<string[]> {
  const ids = Array.from({ length: count }, () => randomUUID());
  await asOwner(of, async db => {
    await db.query(
      `with i as (insert into workflow_instance (id, tenant_id, created_at, updated_at, title, reference_type,
         reference_id, story_id, status, requester_id, metadata)
         select id, $1, now(), now(), 'Setup', 'invoice', gen_random_uuid(), id, 'in_progress', $4, '{}'
         from unnest($2::uuid[]) id),
       s as (insert into workflow_step (id, tenant_id, created_at, updated_at, workflow_id, step_id, name, step_order,
         assignee_ids, status, metadata, opened_at)
         select gen_random_uuid(), $1, now(), now(), id, 'step-1', 'Manager', 0,
           array[($3::uuid[])[1 + (n - 1) % cardinality($3::uuid[])]], 'pending', '{}', now()
         from unnest($2::uuid[]) with ordinality i (id, n))
       insert into process (workflow_id, tenant_id, type, entity_type, entity_id, title, owner_id, status, started_at)
       select 'wf-' || id, $1, 'approval', 'workflow-instance', id, 'Approval: Setup', $4, 'waiting', now()
       from unnest($2::uuid[]) id`,
      [who.tenantId, ids, approvers, who.admin.id],
    );
    await db.query(
      `insert into stream (tenant_id, entity_id, seq) select $1, id, 1 from unnest($2::uuid[]) id`,
      [who.tenantId, ids],
    );
  });
  return ids;
}
