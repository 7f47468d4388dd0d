import { usersWithRole } from '../../db/platform/identity/users.query.ts';
import { PovKpi } from '../../db/pov/pov-kpi.entity.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { rendered } from '../../domain/platform/notification-template.ts';
import { statusChanged } from '../../domain/pov/pov.contract.ts';
import { isClosed, povStatusLabel, type PovStatus } from '../../domain/pov/pov-status.ts';
import { transitionOf, validateTransition, type TransitionFacts } from '../../domain/pov/pov-transition.ts';
import { isTeamRole } from '../../domain/pov/team-member.ts';
import { notify } from '../platform/notify.ts';
import type { VerbContext } from '../platform/verb.ts';
import type { ClaimedPov } from './claim-pov.ts';
import { withdrawApproval } from './delete-phase.ts';
import { phasesOf } from './find-phase.ts';
import { launchIdOf } from './launch/find-launch.ts';
import { noteActivity } from './note-activity.ts';

/** What the conditions of a transition are judged on, as it is now. */
export async function transitionFacts(ctx: VerbContext, { pov }: ClaimedPov): Promise<TransitionFacts> {
  const phases = await phasesOf(ctx, pov.id);
  const kpis = await ctx.em.find(PovKpi, { povId: pov.id, deletedAt: null });
  return {
    status: pov.status,
    blockers: pov.blockers ?? null,
    phases: phases.map(p => ({ status: p.status, details: p.details ?? null })),
    kpis: kpis.map(k => ({ target: k.target ?? null, current: k.current ?? null })),
  };
}

/** Moves a claimed POV, or refuses with every reason; its row's lock makes it the only move (POV-036, 041, 042). */
export async function moveStatus(
  ctx: VerbContext,
  claimed: ClaimedPov,
  to: PovStatus,
  reason: string | null,
): Promise<void> {
  const { pov } = claimed;
  const { valid, errors } = await validateTransition(await transitionFacts(ctx, claimed), to, reason);
  if (!valid) throw new Refusal('conflict', errors.join('; '), { reasons: errors });
  const from = pov.status;
  Object.assign(pov, { status: to, statusSince: new Date(ctx.now), statusReason: reason });
  const launchId = await launchIdOf(ctx, pov.id);
  if (isClosed(to)) {
    for (const phase of await phasesOf(ctx, pov.id))
      await withdrawApproval(ctx, phase, `${pov.title} is ${povStatusLabel[to].toLowerCase()}`);
  }
  await tellRoles(ctx, claimed, { from, to, reason });
  noteActivity(ctx, pov.id, 'status.changed', { from, to, reason });
  ctx.emit(statusChanged, { povId: pov.id, title: pov.title, from, to, reason, launchId });
}

interface Move {
  from: PovStatus;
  to: PovStatus;
  reason: string | null;
}

/** Each named role is one of the team or of the tenant. */
async function tellRoles(ctx: VerbContext, { pov, members }: ClaimedPov, { from, to, reason }: Move): Promise<void> {
  for (const { roles, template } of transitionOf(from, to)?.notifications ?? []) {
    const inTeam = members.filter(m => roles.includes(m.role)).map(m => m.userId);
    const inTenant = await Promise.all(roles.filter(r => !isTeamRole(r)).map(r => usersWithRole(ctx.em, r)));
    const message = rendered(template, {
      pov: pov.title,
      from: povStatusLabel[from],
      to: povStatusLabel[to],
      by: ctx.actor.name,
      reason: reason ?? '',
    });
    const userIds = [...new Set([...inTeam, ...inTenant.flat().map(u => u.id)])];
    await ctx.run(notify, {
      userIds,
      ...message,
      referenceType: 'pov',
      referenceId: pov.id,
      event: statusChanged.name,
    });
  }
}
