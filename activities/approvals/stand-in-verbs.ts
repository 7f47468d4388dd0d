import { LockMode } from '@mikro-orm/core';
import { StandIn } from '../../db/approvals/stand-in.entity.ts';
import { User } from '../../db/platform/identity/user.entity.ts';
import { Tenant } from '../../db/platform/tenant.entity.ts';
import { faultOfAbsence, sayCalendarDay, standIns, type Absence } from '../../domain/approvals/stand-in.ts';
import { dayAt } from '../../domain/platform/clock.ts';
import { invalidField } from '../../domain/platform/errors.ts';
import { rendered } from '../../domain/platform/notification-template.ts';
import { notify } from '../platform/notify.ts';
import { recordVerbs } from '../platform/record/record-verbs.ts';
import type { VerbContext } from '../platform/verb.ts';
import { findDecider } from './find-decider.ts';

/** Who stands in for whom, and when: one for each day (APR-027). */
export const standInVerbs = recordVerbs(standIns, StandIn, {
  complete: async (ctx, sent, before) => {
    const wanted = { userId: ctx.actor.userId, ...before, ...sent } as Absence;
    if (before && wanted.userId !== before.userId) throw invalidField('userId', 'stays as it is');
    await prove(ctx, wanted, before?.id);
    if (wanted.standInId !== before?.standInId) await findDecider(ctx, wanted.standInId, 'standInId');
    return sent;
  },
  whyNot: async (action, row, ctx) => (action === 'restore' ? (await faultIn(ctx, row, row.id))?.why : undefined),
  follow: async (ctx, { userId, standInId, fromDay, untilDay }, happened, before) => {
    if (happened === 'deleted' || (before && before['standInId'] === standInId)) return;
    const away = await ctx.em.findOneOrFail(User, { id: userId });
    await ctx.run(notify, {
      userIds: [standInId],
      ...rendered('stand-in-named', {
        who: away.fullName, from: sayCalendarDay(fromDay), until: sayCalendarDay(untilDay),
      }),
      event: standIns.events[happened].name,
    });
  },
});

async function prove(ctx: VerbContext, wanted: Absence, id: string | undefined): Promise<void> {
  const fault = await faultIn(ctx, wanted, id);
  if (fault) throw invalidField(fault.field, fault.why);
}

/** Those of one person wait for each other: two could overlap. */
async function faultIn({ em, tenantId, now }: VerbContext, wanted: Absence, id: string | undefined) {
  const { userId } = wanted;
  const away = await em.findOne(User, { id: userId, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!away) return { field: 'userId' as const, why: 'There is no such user' };
  const [{ timeZone }, kept] = await Promise.all([
    em.findOneOrFail(Tenant, { id: tenantId }), em.find(StandIn, { userId, deletedAt: null }),
  ]);
  return faultOfAbsence(wanted, kept.filter(k => k.id !== id), dayAt(now, timeZone));
}
