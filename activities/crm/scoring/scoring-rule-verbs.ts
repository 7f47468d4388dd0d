import { ScoringRule } from '../../../db/crm/scoring/scoring-rule.entity.ts';
import { proveCondition } from '../../../db/crm/scoring/score-facts.query.ts';
import {
  positionStep, scoringRules, scoringRulesMax, type ScoringCondition,
} from '../../../domain/crm/scoring/scoring-rule.ts';
import { invalidField, Refusal } from '../../../domain/platform/errors.ts';
import { customFieldsFor } from '../../platform/custom-field/keep-custom-fields.ts';
import { recordVerbs } from '../../platform/record/record-verbs.ts';
import type { VerbContext } from '../../platform/verb.ts';
import { requestScoring } from './request-scoring.ts';

export const scoringRuleVerbs = recordVerbs(scoringRules, ScoringRule, {
  complete: async (ctx, sent, before) => {
    if (!before) await proveRoom(ctx);
    if (sent['condition'] !== undefined) await proveAskable(ctx, sent['condition'] as ScoringCondition);
    return before || sent['position'] !== undefined ? sent : { ...sent, position: await afterTheLast(ctx) };
  },
  whyNot: async (action, _row, ctx) => (action === 'restore' ? whyFull(ctx) : undefined),
  follow: async ctx => {
    await requestScoring(ctx, 'rules');
  },
});

/** A condition that no list of contacts would take is none. */
async function proveAskable(ctx: VerbContext, condition: ScoringCondition): Promise<void> {
  try {
    proveCondition(condition, await customFieldsFor(ctx, 'contact'));
  } catch (e) {
    if (e instanceof Refusal) throw invalidField('condition/where', e.details.fields?.[0]?.message ?? e.message);
    throw e;
  }
}

/** New rules wait for each other: two could take the last place. */
async function whyFull({ em, tenantId }: VerbContext): Promise<string | undefined> {
  await em.execute(`select pg_advisory_xact_lock(hashtextextended('scoring-rules ' || ?, 0))`, [tenantId]);
  const there = await em.count(ScoringRule, { deletedAt: null });
  return there >= scoringRulesMax ? `There are ${scoringRulesMax} rules already` : undefined;
}
async function proveRoom(ctx: VerbContext): Promise<void> {
  const why = await whyFull(ctx);
  if (why) throw new Refusal('conflict', why);
}

async function afterTheLast({ em }: VerbContext): Promise<number> {
  const [last] = await em.find(ScoringRule, { deletedAt: null }, { orderBy: { position: 'desc' }, limit: 1 });
  return last ? Math.min(last.position + positionStep, 1_000_000) : positionStep;
}
