import type { povVerbs } from '../../activities/pov/index.ts';
import type { ProcessInput } from '../../domain/platform/process.ts';
import { verbs } from '../platform/verbs.ts';
import { watch } from '../platform/watch.ts';

const { lookAtPov, startPhase, completePhase, returnPhase, markMilestoneOverdue } = verbs<typeof povVerbs>();

/**
 * A POV from its creation until it is won, lost or deleted. Projected, it waits for its launch. In progress, it starts
 * its phases one after the other: a phase runs until it is submitted, is completed when its approval is, or goes back
 * to work; milestones that pass their date become overdue. Status moves are made by people, elsewhere.
 */
export async function povLifecycle(input: ProcessInput): Promise<string> {
  return watch(input, lookAtPov, {
    startPhase: ({ phaseId }) => startPhase({ phaseId }),
    completePhase: ({ phaseId, instanceId }) => completePhase({ phaseId, instanceId }),
    returnPhase: ({ phaseId, instanceId }) => returnPhase({ phaseId, instanceId }),
    markMilestoneOverdue: ({ milestoneId }) => markMilestoneOverdue({ milestoneId }),
  });
}
