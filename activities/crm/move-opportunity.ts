import { opportunityEndpoints } from '../../domain/crm/opportunity.contract.ts';
import { invalidField } from '../../domain/platform/errors.ts';
import { ById, Id } from '../../domain/platform/id.ts';
import { verb } from '../platform/verb.ts';
import { placeInColumn } from './column-place.ts';
import { opportunityVerbs } from './opportunity-verbs.ts';

/** Puts a card into a stage at a place of its column (CRM-070); the stage's rules are those of any change. */
export const moveOpportunity = verb(
  {
    name: 'move-opportunity', needs: 'opportunity:update',
    input: opportunityEndpoints.move.body.extend({ id: Id }), output: ById,
  },
  async ({ em, tenantId, run }, { id, stage, before, after, ...rest }) => {
    if (before !== undefined && after !== undefined) throw invalidField('after', 'Say one of before and after');
    const kanbanIndex = await placeInColumn(em, tenantId, { id, stage, before, after });
    await run(opportunityVerbs.patch, { id, fields: { ...rest, stage, kanbanIndex } });
    return { id };
  },
);
