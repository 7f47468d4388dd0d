import { z } from 'zod';
import { Id } from '../../../domain/platform/id.ts';
import { povChanged } from '../../../domain/pov/pov.contract.ts';
import { isClosed } from '../../../domain/pov/pov-status.ts';
import { verb } from '../../platform/verb.ts';
import { changedFields } from '../changed-fields.ts';
import { claimPov } from '../claim-pov.ts';
import { launchIdOf } from '../launch/find-launch.ts';
import { noteActivity } from '../note-activity.ts';
import { factsOf } from './link-opportunity.ts';

/**
 * The opportunity of an open POV has moved to another account: so does the POV, with what is known of the customer
 * there. A person of the former one is no contact any more.
 */
export const followOpportunity = verb(
  {
    name: 'follow-opportunity', needs: 'process',
    input: z.object({ povId: Id }), output: z.object({ povId: Id, accountId: Id.nullable() }),
  },
  async (ctx, { povId }) => {
    const { pov } = await claimPov(ctx, povId, 'edit');
    const facts = pov.opportunityId && !isClosed(pov.status) ? await factsOf(ctx, pov.opportunityId) : null;
    if (facts?.accountId && facts.accountId !== pov.accountId) {
      const { accountId, customerName, customerContact } = facts;
      const columns = { accountId, customerName, customerContact };
      const fields = changedFields(pov, columns);
      ctx.em.assign(pov, columns);
      noteActivity(ctx, pov.id, 'pov.updated', { fields });
      ctx.emit(povChanged, { povId, title: pov.title, fields, launchId: await launchIdOf(ctx, povId) });
    }
    return { povId, accountId: pov.accountId ?? null };
  },
);
