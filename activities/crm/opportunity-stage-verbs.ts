import { OpportunityStage } from '../../db/crm/opportunity-stage.entity.ts';
import { Opportunity } from '../../db/crm/opportunity.entity.ts';
import { keyOfName, opportunityStages, positionStep } from '../../domain/crm/opportunity-stage.ts';
import { invalidField, Refusal } from '../../domain/platform/errors.ts';
import { recordVerbs } from '../platform/record/record-verbs.ts';
import type { VerbContext } from '../platform/verb.ts';

export const opportunityStageVerbs = recordVerbs(opportunityStages, OpportunityStage, {
  complete: async (ctx, sent, before) => {
    const fields = { ...sent };
    if (before && fields['key'] !== undefined && fields['key'] !== before.key)
      throw invalidField('key', 'stays as it is: opportunities are known by it');
    const outcome = fields['outcome'] ?? before?.outcome;
    if (before && outcome !== before.outcome) {
      const why = (await inUse(ctx, before)) ?? (await lastOpen(ctx, before));
      if (why) throw new Refusal('conflict', why);
    }
    if (outcome !== 'open') fields['probability'] = outcome === 'won' ? 100 : 0;
    if (before) return fields;
    fields['key'] ??= keyOfName(fields['name'] as string);
    if (fields['key'] === undefined) throw invalidField('key', 'cannot be made of the name: say one', 'required');
    fields['position'] ??= await afterTheLast(ctx);
    return fields;
  },
  whyNot: async (action, row, ctx) =>
    action === 'delete' ? ((await inUse(ctx, row)) ?? (await lastOpen(ctx, row))) : undefined,
});

async function inUse({ em }: VerbContext, { key, name }: OpportunityStage): Promise<string | undefined> {
  // Deleted ones too: they come back to their stage.
  const used = await em.count(Opportunity, { stage: key });
  return used ? `${name} is the stage of ${used} opportunit${used === 1 ? 'y' : 'ies'}, deleted ones counted` : undefined;
}

/** A new opportunity begins in an open stage. Changes of stages wait for each other: two could take the last two. */
async function lastOpen({ em, tenantId }: VerbContext, stage: OpportunityStage): Promise<string | undefined> {
  if (stage.outcome !== 'open') return undefined;
  await em.execute(`select pg_advisory_xact_lock(hashtextextended('opportunity-stages ' || ?, 0))`, [tenantId]);
  const others = await em.count(OpportunityStage, { outcome: 'open', deletedAt: null, id: { $ne: stage.id } });
  return others ? undefined : `${stage.name} is the last stage that is open`;
}

async function afterTheLast({ em }: VerbContext): Promise<number> {
  const [last] = await em.find(OpportunityStage, { deletedAt: null }, { orderBy: { position: 'desc' }, limit: 1 });
  return last ? Math.min(last.position + positionStep, 1_000_000) : positionStep;
}
