import { contacts } from '../../../domain/crm/contact.ts';
import type { Alike } from '../../../domain/crm/scoring/score.ts';
import { ScoringCondition, treeOf } from '../../../domain/crm/scoring/scoring-rule.ts';
import type { CustomField } from '../../../domain/platform/custom-field/custom-field.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { iso } from '../../../domain/platform/process.ts';
import { fits } from '../../platform/record.query.ts';
import { sql, type Sql } from '../../platform/sql.ts';
import { contactSource } from '../crm-sources.ts';

/** What conditions are asked with: the tenant's time, the fields that administrators gave contacts. */
export interface Asked {
  now: number;
  custom: readonly CustomField[];
}
/** What is asked of each condition alone. */
type Conditioned = { condition: ScoringCondition };
const dayMs = 86_400_000;

/** How often the contact `t` fits a condition, as a number; refuses a condition that cannot be asked. */
function timesOf({ condition }: Conditioned, { now, custom }: Asked): Sql {
  if (condition.kind === 'fields') {
    const fields = Object.fromEntries(custom.map(field => [field.key, field]));
    const fitting = fits({ record: contacts, source: contactSource, custom: fields }, treeOf(condition));
    return sql`case when ${fitting} then 1 else 0 end`;
  }
  const { types, direction, counting, withinDays } = condition;
  const since = withinDays === null ? null : sql`${iso(now - withinDays * dayMs)}::timestamptz`;
  const them = sql`from interaction i where i.contact_id = t.id and i.deleted_at is null and i.status = 'completed'
    ${types.length ? sql`and i.type = any(${types}::text[])` : sql``}
    ${direction ? sql`and i.direction = ${direction}` : sql``}
    ${since ? sql`and coalesce(i.completed_at, i.created_at) > ${since}` : sql``}`;
  if (counting === 'each') return sql`(select count(*)::int ${them})`;
  if (counting === 'once') return sql`(exists (select 1 ${them}))::int`;
  // Nothing can be missed of somebody who has not been there for that long.
  return sql`(not exists (select 1 ${them}) ${since ? sql`and t.created_at <= ${since}` : sql``})::int`;
}

/** The same of a kept rule: one whose field is gone by now, or that says nothing, fits nobody. */
function timesNow({ condition }: Conditioned, asked: Asked): Sql {
  const kept = ScoringCondition.safeParse(condition);
  if (!kept.success) return sql`0`;
  try {
    return timesOf({ condition: kept.data }, asked);
  } catch (e) {
    if (e instanceof Refusal) return sql`0`;
    throw e;
  }
}

/** Refuses a condition that cannot be asked of contacts. */
export function proveCondition(condition: ScoringCondition, custom: readonly CustomField[]): void {
  timesOf({ condition }, { now: 0, custom });
}

const vector = (rules: readonly Conditioned[], asked: Asked): Sql =>
  rules.length ? sql`array[${sql.join(rules.map(rule => timesNow(rule, asked)))}]::int[]` : sql`'{}'::int[]`;

/** A contact with how often each rule fits it, and the score that is kept. */
export interface ScoreFacts {
  id: string;
  title: string;
  leadScore: number;
  times: number[];
}

export const factsOf = (ids: readonly string[], rules: readonly Conditioned[], asked: Asked): Sql => sql`
  select t.id, t.full_name as title, t.lead_score as "leadScore", ${vector(rules, asked)} as times
  from contact t where t.id = any(${[...ids]}::uuid[]) and t.deleted_at is null order by t.id`;

/** All contacts, those alike together. */
export const alikeBy = (rules: readonly Conditioned[], asked: Asked, shown: Sql, most: number): Sql => sql`
  select to_jsonb(times) as times, count(*)::int as count,
    (array_agg(id order by id desc) filter (where shown))[1:${sql.lit(most)}] as ids
  from (select t.id, ${shown} as shown, ${vector(rules, asked)} as times from contact t
    where t.deleted_at is null) facts group by times`;
export type AlikeRow = Omit<Alike, 'ids'> & { ids: string[] | null };
