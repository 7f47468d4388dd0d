import { User } from '../../db/platform/identity/user.entity.ts';
import { Instance } from '../../domain/approvals/instance.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { Id } from '../../domain/platform/id.ts';
import { approvalSteps, defaultApprovers, SubmitPhase, whyNotSubmit } from '../../domain/pov/phase-approval.ts';
import { phaseSubmitted } from '../../domain/pov/phase.contract.ts';
import { whyNotMovePhase } from '../../domain/pov/phase.ts';
import { tellsPov } from '../../domain/pov/pov-lifecycle.contract.ts';
import { openInstance } from '../approvals/open-instance.ts';
import { lockVersion } from '../platform/lock-version.ts';
import { verb, type VerbContext } from '../platform/verb.ts';
import { claimPov, type ClaimedPov } from './claim-pov.ts';
import { phaseAmong, phasesOf } from './find-phase.ts';
import { noteActivity } from './note-activity.ts';

/** Opens a round of approval for a phase (APR-033); a phase whose turn it is starts with it. */
export const submitPhase = verb(
  {
    name: 'submit-phase',
    needs: 'pov:submit',
    input: SubmitPhase.extend({ povId: Id, phaseId: Id }),
    output: Instance,
  },
  async (ctx, { povId, phaseId, steps, dueInHours }) => {
    const { now, emit } = ctx;
    const claimed = await claimPov(ctx, povId, 'submit');
    const phases = await phasesOf(ctx, povId);
    const phase = phaseAmong(phases, phaseId);
    lockVersion(ctx, phase);
    const why = whyNotSubmit(phase, claimed.pov.status);
    if (why) throw new Refusal('conflict', why);
    const instance = await ctx.run(openInstance, {
      type: 'PHASE_APPROVAL',
      referenceType: 'phase',
      referenceId: phaseId,
      title: phase.name,
      within: claimed.pov.title,
      metadata: { phaseId, povId },
      storyId: povId,
      parent: tellsPov({ povId })[0],
      requesterId: ctx.actor.userId,
      excludeRequester: true,
      mode: 'parallel-all',
      steps: approvalSteps(steps ?? defaultApprovers, await teamOf(ctx, claimed), ctx.actor.userId),
      memberIds: claimed.members.map(m => m.userId),
      dueInHours,
    });
    Object.assign(phase, {
      approvalInstanceId: instance.id,
      submittedAt: new Date(now),
      returnedAt: null,
      returnComment: null,
    });
    if (
      phase.status === 'NOT_STARTED' &&
      !whyNotMovePhase(phase, 'IN_PROGRESS', phases.slice(0, phases.indexOf(phase)))
    ) {
      phase.status = 'IN_PROGRESS';
      phase.startedAt = new Date(now);
    }
    noteActivity(ctx, povId, 'phase.submitted', { phase: phase.name, instanceId: instance.id });
    emit(phaseSubmitted, { povId, phaseId, phase: phase.name, title: claimed.pov.title, instanceId: instance.id });
    return instance;
  },
);

async function teamOf({ em }: VerbContext, { members }: ClaimedPov): Promise<Parameters<typeof approvalSteps>[1]> {
  const active = await em.find(User, { id: { $in: members.map(m => m.userId) }, active: true, deletedAt: null });
  return members.map(({ userId, role }) => ({ userId, role, active: active.some(u => u.id === userId) }));
}
