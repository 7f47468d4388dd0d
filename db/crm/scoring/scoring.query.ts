import { contacts } from '../../../domain/crm/contact.ts';
import {
  examplesMax, previewOf, type PointsRule, type ScoreReason,
} from '../../../domain/crm/scoring/score.ts';
import type { ContactScore, ScoringPreview, ScoringRun } from '../../../domain/crm/scoring/scoring.contract.ts';
import type { ScoringCondition } from '../../../domain/crm/scoring/scoring-rule.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { customFieldsOf } from '../../platform/custom-field/custom-fields.query.ts';
import type { Reader } from '../../platform/reader.ts';
import { inScope } from '../../platform/record.query.ts';
import { allOf, sql } from '../../platform/sql.ts';
import { alikeBy, proveCondition, type AlikeRow } from './score-facts.query.ts';

/** A rule as it is asked. */
export type AskedRule = PointsRule & { condition: ScoringCondition };

/** The rules that count, in their order. */
export const rulesInUse = sql`select id, name, points, condition from scoring_rule
  where is_active and deleted_at is null order by position, name, id`;

export async function contactScore(read: Reader, actor: Actor, id: string): Promise<ContactScore> {
  const row = await read.row<{ score: number; reasons: ScoreReason[] }>(sql`
    select t.lead_score as score, coalesce(t.score_reasons, '[]') as reasons from contact t
    where ${allOf([sql`t.id = ${id}::uuid`, sql`t.deleted_at is null`, inScope(contacts, actor, 'contact:read')])}`);
  if (!row) throw notFound();
  return { contactId: id, ...row };
}

interface Change {
  ruleId?: string | null | undefined;
  rule: { name: string; points: number; condition: ScoringCondition; isActive: boolean };
}

/** What the rules would make of all contacts, were this one among them, new or instead of another. */
export async function previewScoring(
  read: Reader, { actor, now }: { actor: Actor; now: number }, { ruleId, rule }: Change,
): Promise<ScoringPreview> {
  const [rules, custom] = await Promise.all([read.rows<AskedRule>(rulesInUse), customFieldsOf(read, 'contact', true)]);
  proveCondition(rule.condition, custom);
  const drafted = { id: ruleId ?? draftId, ...rule };
  const alike = await read.rows<AlikeRow>(
    alikeBy([...rules, drafted], { now, custom }, inScope(contacts, actor, 'contact:read'), examplesMax));
  const { examples, ...counts } = previewOf(
    alike.map(row => ({ ...row, ids: row.ids ?? [] })), [...rules, null],
    [...rules.map(r => (r.id === ruleId ? null : r)), rule.isActive ? drafted : null],
  );
  const names = await read.rows<{ id: string; name: string }>(sql`
    select id, full_name as name from contact where id = any(${examples.map(e => e.id)}::uuid[])`);
  const nameOf = new Map(names.map(row => [row.id, row.name]));
  return {
    ...counts,
    examples: examples.map(({ id, before, after }) => (
      { contactId: id, name: nameOf.get(id) ?? '', before: before.score, after: after.score, reasons: after.reasons }
    )),
  };
}
/** Of a rule that is not written yet. */
const draftId = '00000000-0000-4000-8000-000000000000';

const most = 10;
/** When all contacts were scored, newest first. */
export const latestRuns = (read: Reader): Promise<ScoringRun[]> =>
  read.rows<ScoringRun>(sql`
    select r.id, r.status, r.cause, greatest(r.total, r.done) as total, r.done, r.changed, r.created_at as "createdAt",
      r.finished_at as "finishedAt", (select u.full_name from app_user u where u.id = r.created_by) as "startedByName"
    from scoring_run r where r.deleted_at is null and r.account_id is null
    order by r.created_at desc, r.id desc limit ${sql.lit(most)}`);
