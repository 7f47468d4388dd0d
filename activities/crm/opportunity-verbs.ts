import { LockMode } from '@mikro-orm/core';
import { OpportunityLineItem } from '../../db/crm/opportunity-line-item.entity.ts';
import { OpportunityStageChange } from '../../db/crm/opportunity-stage-change.entity.ts';
import { OpportunityStage } from '../../db/crm/opportunity-stage.entity.ts';
import { Opportunity } from '../../db/crm/opportunity.entity.ts';
import {
  opportunityAccountChanged, opportunityLost, opportunityStageChanged, opportunityWon,
} from '../../domain/crm/opportunity.contract.ts';
import { opportunities } from '../../domain/crm/opportunity.ts';
import { inStage, whyNotInStage } from '../../domain/crm/stage-move.ts';
import { invalidField, Refusal } from '../../domain/platform/errors.ts';
import { stampsBack } from '../platform/job/put-back.ts';
import { processesReferringTo } from '../platform/process/open-processes.ts';
import { recordVerbs } from '../platform/record/record-verbs.ts';
import type { VerbContext } from '../platform/verb.ts';
import { accountIsThere } from './account-there.ts';
import { productIsThere } from './product-there.ts';
import { topOfColumn } from './column-place.ts';

type Fields = Record<string, unknown>;

export const opportunityVerbs = recordVerbs(opportunities, Opportunity, {
  complete: async (ctx, sent, before) => {
    const fields = ownNames(sent);
    if (!before && fields['opportunityName'] === undefined)
      throw invalidField('opportunityName', 'is required', 'required');
    if (before && fields['ownerId'] !== undefined && fields['ownerId'] !== before.ownerId)
      ctx.authorize('opportunity:reassign', {});
    await proveAccounts(ctx, fields, before);
    const { productId } = fields;
    if (typeof productId === 'string' && productId !== before?.productId)
      await productIsThere(ctx, 'productId', productId);
    if (before) {
      await proveValue(ctx, fields, before);
      await proveCommission(ctx, fields, before);
    }
    const to = await stageOf(ctx, fields['stage'] as string | undefined, before);
    // It was so: nothing of it is proved or follows anew.
    const back = stampsBack(ctx);
    if (back) return { ...fields, ...back };
    const was = before && { ...before };
    const wrong = whyNotInStage({ to, sent: fields, before: was });
    if (wrong.length) throw new Refusal('invalid', 'Validation failed', { fields: wrong });
    const staged = { ...fields, ...inStage({ to, sent: fields, before: was, now: ctx.now }) };
    const moved = before?.stage !== to.key;
    if (moved && fields['kanbanIndex'] === undefined) staged['kanbanIndex'] = await topOfColumn(ctx.em, to.key);
    return before ? staged : { value: 0, ...staged };
  },
  follow: async (ctx, row, happened, before) => {
    await tellMoved(ctx, row, happened, before);
    if (happened !== 'created' && (happened !== 'changed' || before?.['stage'] === row.stage)) return;
    const from = (before?.['stage'] as string | undefined) ?? null;
    if (stampsBack(ctx)) return neverMoved(ctx, row, from);
    ctx.em.create(OpportunityStageChange, { id: ctx.id(), opportunityId: row.id, fromStage: from, toStage: row.stage });
    const to = await ctx.em.findOneOrFail(OpportunityStage, { key: row.stage, deletedAt: null });
    const told = {
      id: row.id, title: row.opportunityName, from, to: to.key, stageName: to.name, value: row.value,
      currency: row.currency, ownerId: row.ownerId, accountId: row.accountId ?? null,
    };
    if (from !== null) ctx.emit(opportunityStageChanged, told);
    if (to.outcome !== 'open') ctx.emit(to.outcome === 'won' ? opportunityWon : opportunityLost, told);
  },
});

/** Of a move that is taken back nobody is told, and its line goes: the one that is left is the one of before. */
async function neverMoved({ em, now }: VerbContext, { id, stage }: Opportunity, from: string | null): Promise<void> {
  const move = { opportunityId: id, fromStage: stage, toStage: from!, deletedAt: null };
  const line = await em.findOne(OpportunityStageChange, move, { orderBy: { createdAt: 'desc', id: 'desc' } });
  if (!line) return;
  line.deletedAt = new Date(now);
  // Many are taken back in one transaction, and what is managed is forgotten in between.
  await em.flush();
}

async function tellMoved(ctx: VerbContext, row: Opportunity, happened: string, before: Fields | null): Promise<void> {
  const [from, to] = [(before?.['accountId'] as string | undefined) ?? null, row.accountId ?? null];
  if (happened !== 'changed' || from === to) return;
  const processes = await processesReferringTo(ctx.em, 'opportunity', row.id);
  ctx.emit(opportunityAccountChanged, { id: row.id, title: row.opportunityName, from, to, processes });
}

/** Other names of fields resolved. */
function ownNames({ name, estimatedCloseDate, companyId, opportunityOwnerId, ...sent }: Fields): Fields {
  const fields: Fields = { ...sent };
  const others = {
    opportunityName: name, expectedCloseDate: estimatedCloseDate, accountId: companyId, ownerId: opportunityOwnerId,
  };
  for (const [field, value] of Object.entries(others)) if (value !== undefined) fields[field] ??= value;
  return fields;
}

/** An account is named by those alone who may read it. */
async function proveAccounts(ctx: VerbContext, fields: Fields, before: Opportunity | null): Promise<void> {
  for (const field of ['accountId', 'distributorAccountId', 'vendorAccountId'] as const) {
    const id = fields[field];
    if (typeof id === 'string' && id !== before?.[field]) await accountIsThere(ctx, field, id);
  }
}

/** What its lines come to is not typed over (CRM-074). */
async function proveValue({ em }: VerbContext, { value }: Fields, before: Opportunity): Promise<void> {
  if (value === undefined || value === before.value) return;
  if (await em.count(OpportunityLineItem, { opportunityId: before.id, deletedAt: null }))
    throw invalidField('value', 'follows from its lines: change those');
}

/** What its lines bring is not typed over either (CRM-060); sent as it was read it is left alone. */
async function proveCommission({ em }: VerbContext, fields: Fields, before: Opportunity): Promise<void> {
  const sent = fields['expectedCommissionGrossTotal'];
  if (sent === undefined || sent === null || sent === before.expectedCommissionGrossTotal) return;
  const [brought] = await em.execute<{ sum: string }[]>(
    `select round(sum(commission) / 100, 2) as sum from opportunity_line_commission
     where opportunity_id = ? having count(commission) > 0`,
    [before.id],
  );
  if (!brought) return;
  if (Number(brought.sum) !== Number(sent))
    throw invalidField('expectedCommissionGrossTotal', 'follows from its lines: change those');
  delete fields['expectedCommissionGrossTotal'];
}

/** The stage that it is to be in, kept as it is until the commit. */
async function stageOf(
  { em }: VerbContext, key: string | undefined, before: Opportunity | null,
): Promise<OpportunityStage> {
  const wanted = key ?? before?.stage;
  const where = wanted === undefined ? { outcome: 'open' as const } : { key: wanted };
  const stage = await em.findOne(
    OpportunityStage, { ...where, deletedAt: null },
    { orderBy: { position: 'asc', name: 'asc' }, lockMode: LockMode.PESSIMISTIC_READ },
  );
  if (stage) return stage;
  const all = await em.find(OpportunityStage, { deletedAt: null }, { orderBy: { position: 'asc' } });
  throw invalidField('stage', `must be one of ${all.map(s => s.key).join(', ')}`);
}
