import { povColumns } from '../../db/pov/pov-columns.ts';
import type { Pov } from '../../db/pov/pov.entity.ts';
import { invalidField } from '../../domain/platform/errors.ts';
import { Id } from '../../domain/platform/id.ts';
import { povChanged } from '../../domain/pov/pov.contract.ts';
import { PatchPov, Pov as PovShape } from '../../domain/pov/pov.ts';
import { accountIsThere } from '../crm/account-there.ts';
import { lockVersion } from '../platform/lock-version.ts';
import { verb } from '../platform/verb.ts';
import { answerPov } from './answer-pov.ts';
import { handOver } from './change-pov-owner.ts';
import { changedFields } from './changed-fields.ts';
import { claimPov } from './claim-pov.ts';
import { withLink } from './opportunity/link-opportunity.ts';
import { launchIdOf } from './launch/find-launch.ts';
import { noteActivity } from './note-activity.ts';
import { retitlePov } from './retitle-pov.ts';

/** Changes what is said; the status is not changed here (POV-018). */
export const updatePov = verb(
  { name: 'update-pov', needs: 'pov:update', input: PatchPov.extend({ povId: Id }), output: PovShape },
  async (ctx, { povId, status, ownerId, version, ...fields }) => {
    const { em, emit } = ctx;
    const claimed = await claimPov(ctx, povId, 'edit');
    const handedOver = ownerId !== undefined && ownerId !== claimed.pov.ownerId;
    if (handedOver) await claimPov(ctx, povId, 'staff');
    const { pov } = claimed;
    lockVersion(ctx, pov, version);
    if (status && status !== pov.status)
      throw invalidField('status', 'The status changes by a transition: POST …/transitions');
    const columns = await withLink(ctx, pov, povColumns(fields));
    if (fields.accountId && fields.accountId !== pov.accountId)
      await accountIsThere(ctx, 'accountId', fields.accountId);
    refuseWrongDates(pov, columns);
    const changed = [...new Set(changedFields(pov, columns).map(saidOf))];
    em.assign(pov, columns);
    if (changed.includes('title')) await retitlePov(ctx, pov);
    if (handedOver) await handOver(ctx, claimed, ownerId);
    if (changed.length) {
      noteActivity(ctx, pov.id, 'pov.updated', { fields: changed });
      emit(povChanged, { povId: pov.id, title: pov.title, fields: changed, launchId: await launchIdOf(ctx, pov.id) });
    }
    return answerPov(ctx, pov);
  },
);

/** Whichever CRM it is of, people know it as one field. */
const saidOf = (column: string): string => (column === 'outsideOpportunityId' ? 'opportunityId' : column);

/** POV-005. */
function refuseWrongDates(
  pov: Pov,
  { startDate = pov.startDate, endDate = pov.endDate }: { startDate?: Date; endDate?: Date },
): void {
  if (endDate < startDate) throw invalidField('endDate', 'endDate must not be before startDate');
}
