import type { ForecastMonth, StageStay } from '../../domain/crm/opportunity.contract.ts';
import type { OutcomeRow } from '../../domain/crm/win-loss.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import type { Reader } from '../platform/reader.ts';
import { allOf, sql, type Sql } from '../platform/sql.ts';
import { asked, type Asked } from './opportunity-board.query.ts';

interface Spanned extends Asked {
  from?: string | undefined;
  to?: string | undefined;
}
/** Days as UTC has them, both ends within. */
const within = (column: Sql, { from, to }: Spanned): Sql[] => [
  ...(from ? [sql`${column} >= (${from} || 'T00:00:00Z')::timestamptz`] : []),
  ...(to ? [sql`${column} < (${to} || 'T00:00:00Z')::timestamptz + interval '1 day'`] : []),
];
const monthOf = (column: Sql): Sql => sql`to_char(${column} at time zone 'UTC', 'YYYY-MM')`;

/** What is open, by the month of its expected close; what has none comes last (CRM-073). */
export const forecast = (read: Reader, actor: Actor, by: Spanned): Promise<ForecastMonth[]> =>
  read.rows<ForecastMonth>(sql`
    select ${monthOf(sql`t.expected_close_date`)} as month, t.currency, count(*) as count,
      sum(t.value)::bigint as value, round(sum(t.value * t.probability) / 100)::bigint as weighted
    from opportunities_summary t
    where ${allOf([...asked(actor, by), sql`t.stage_outcome = 'open'`, ...within(sql`t.expected_close_date`, by)])}
    group by 1, 2 order by 1 nulls last, 2`);

const dimensions = {
  reason: { key: sql`t.lost_reason`, label: sql`t.lost_reason` },
  source: { key: sql`t.source`, label: sql`t.source` },
  owner: { key: sql`t.owner_id::text`, label: sql`max(t.owner_name)` },
  period: { key: monthOf(sql`t.actual_close_date`), label: monthOf(sql`t.actual_close_date`) },
};

/** What was closed, by each dimension and currency (CRM-072). */
export async function outcomes(
  read: Reader, actor: Actor, by: Spanned,
): Promise<Record<keyof typeof dimensions, OutcomeRow[]>> {
  const where = allOf([
    ...asked(actor, by), sql`t.stage_outcome in ('won', 'lost')`, ...within(sql`t.actual_close_date`, by),
  ]);
  const won = sql`t.stage_outcome = 'won'`, lost = sql`t.stage_outcome = 'lost'`;
  const [reason, source, owner, period] = (await read.each<OutcomeRow>(
    Object.values(dimensions).map(({ key, label }) => sql`
      select ${key} as key, ${label} as label, t.currency,
        count(*) filter (where ${won}) as won, count(*) filter (where ${lost}) as lost,
        coalesce(sum(t.value) filter (where ${won}), 0)::bigint as "wonValue",
        coalesce(sum(t.value) filter (where ${lost}), 0)::bigint as "lostValue"
      from opportunities_summary t where ${where} group by ${key}, t.currency`),
  )) as [OutcomeRow[], OutcomeRow[], OutcomeRow[], OutcomeRow[]];
  return { reason, source, owner, period };
}

/** The stages of one opportunity, the latest first. */
export const stageStays = (read: Reader, id: string): Promise<StageStay[]> =>
  read.rows<StageStay>(sql`
    select h.id, h.created_at as at, coalesce(u.full_name, 'system') as by, ${named(sql`h.from_stage`)} as from,
      ${named(sql`h.to_stage`)} as to, lead(h.created_at) over (order by h.id) as until
    from opportunity_stage_change h left join app_user u on u.id = h.created_by
    where h.opportunity_id = ${id}::uuid and h.deleted_at is null order by h.id desc limit 500`);

/** The name of a stage, or its key where the stage is gone. */
const named = (key: Sql): Sql => sql`case when ${key} is not null then jsonb_build_object('key', ${key}, 'name',
  coalesce((select s.name from opportunity_stage s where s.tenant_id = h.tenant_id and s.key = ${key}
    order by s.deleted_at nulls first limit 1), ${key})) end`;
