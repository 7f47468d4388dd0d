import { factsOf, type ScoreFacts } from '../../../db/crm/scoring/score-facts.query.ts';
import { rulesInUse, type AskedRule } from '../../../db/crm/scoring/scoring.query.ts';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { compileSql, type Sql } from '../../../db/platform/sql.ts';
import { scoreOf } from '../../../domain/crm/scoring/score.ts';
import { contactScored } from '../../../domain/crm/scoring/scoring.contract.ts';
import { customName } from '../../../domain/platform/custom-field/custom-field.ts';
import { customFieldsFor } from '../../platform/custom-field/keep-custom-fields.ts';
import type { VerbContext } from '../../platform/verb.ts';

const asked = <Row>({ em }: Pick<VerbContext, 'em'>, query: Sql): Promise<Row[]> => {
  const { sql, parameters } = compileSql(query);
  return transactionOf(em).send<Row>(sql, parameters);
};

/** Scores the contacts by the rules of now, and answers how many have another score since (CRM-037). */
export async function rescore(ctx: VerbContext, contactIds: readonly (string | null | undefined)[]): Promise<number> {
  const changed = await rescored(ctx, [...new Set(contactIds.filter(id => typeof id === 'string'))]);
  for (const { id, title, leadScore, score } of changed)
    ctx.emit(contactScored, { id, title, from: leadScore, to: score });
  return changed.length;
}

/** The same for many, of whom nobody is told one by one: those whose score changed. */
export async function rescored(
  ctx: VerbContext, ids: readonly string[],
): Promise<(ScoreFacts & { score: number })[]> {
  if (!ids.length) return [];
  const tx = transactionOf(ctx.em);
  // Who comes second must see what the first one did: the lock is had before the facts are read.
  tx.behind(
    'select id from contact where id = any($1::uuid[]) and deleted_at is null order by id for no key update', [ids],
  );
  const rules = await asked<AskedRule>(ctx, rulesInUse);
  const custom = JSON.stringify(rules).includes(customName('')) ? await customFieldsFor(ctx, 'contact') : [];
  const facts = await asked<ScoreFacts>(ctx, factsOf(ids, rules, { now: ctx.now, custom }));
  const scored = facts.map(fact => ({ ...fact, ...scoreOf(rules, fact.times) }));
  // Not by the entity: the row that somebody has open in a form is still the one that they read.
  tx.behind(
    `update contact c set lead_score = n.score, score_reasons = n.reasons
     from unnest($1::uuid[], $2::int[], $3::jsonb[]) as n (id, score, reasons)
     where c.id = n.id and (c.lead_score <> n.score or c.score_reasons is distinct from n.reasons)`,
    [scored.map(s => s.id), scored.map(s => s.score), scored.map(s => JSON.stringify(s.reasons))],
  );
  const changed = scored.filter(s => s.score !== s.leadScore);
  for (const { id, leadScore, score } of changed)
    ctx.note({
      action: 'UPDATE', tableName: 'contact', recordId: id, oldValues: { leadScore }, newValues: { leadScore: score },
    });
  return changed;
}
