import { LockMode } from '@mikro-orm/core';
import { OpportunityLineItem } from '../../db/crm/opportunity-line-item.entity.ts';
import { Opportunity } from '../../db/crm/opportunity.entity.ts';
import { lineTotalOf, opportunityLineItems } from '../../domain/crm/opportunity-line-item.ts';
import { centsMax, opportunities } from '../../domain/crm/opportunity.ts';
import { invalidField } from '../../domain/platform/errors.ts';
import { recordVerbs } from '../platform/record/record-verbs.ts';
import type { VerbContext } from '../platform/verb.ts';

export const opportunityLineItemVerbs = recordVerbs(opportunityLineItems, OpportunityLineItem, {
  complete: async ({ em }, sent, before) => {
    const opportunityId = sent['opportunityId'] ?? before?.opportunityId;
    if (before && opportunityId !== before.opportunityId) throw invalidField('opportunityId', 'stays as it is');
    // Its lines change one after the other: each makes its value anew.
    await em.findOne(Opportunity, { id: opportunityId as string }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const { quantity, unitPrice, discountPercent } = { ...before, ...defined(sent) } as OpportunityLineItem;
    const lineTotal = lineTotalOf({ quantity, unitPrice, discountPercent });
    if (lineTotal > centsMax) throw invalidField('quantity', 'makes a total that is too great');
    if (before) return { ...sent, lineTotal };
    const others = await em.count(OpportunityLineItem, { opportunityId: opportunityId as string });
    return { sortOrder: others, ...defined(sent), lineTotal };
  },
  follow: (ctx, line) => valueFollows(ctx, line.opportunityId),
});

const defined = (fields: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

/** The value of an opportunity is that of its lines, where it has any (CRM-074). */
async function valueFollows({ em, emit }: VerbContext, id: string): Promise<void> {
  const opportunity = await em.findOneOrFail(Opportunity, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  const lines = await em.find(OpportunityLineItem, { opportunityId: id, deletedAt: null });
  const value = lines.reduce((sum, line) => sum + line.lineTotal, 0);
  if (value > centsMax) throw invalidField('quantity', 'makes a value of the opportunity that is too great');
  if (!lines.length || value === opportunity.value) return;
  opportunity.value = value;
  await em.flush();
  emit(opportunities.events.changed, { id, parentId: null, title: opportunity.opportunityName, fields: ['value'] });
}
