import type { povVerbs } from '../../activities/pov/index.ts';
import {
  stepReminded, instanceCancelled, instanceCompleted, instanceOverdue, instanceRejected, stepDecided, stepOpened,
} from '../../domain/approvals/instance.contract.ts';
import { opportunityAccountChanged } from '../../domain/crm/opportunity.contract.ts';
import type { ProcessInput } from '../../domain/platform/process.ts';
import { clockMoved } from '../../domain/platform/sandbox.contract.ts';
import { launchChecked, launchConfirmed, launchReminded, launchInitiated } from '../../domain/pov/launch.contract.ts';
import {
  milestoneChanged, milestoneCreated, milestoneDeleted, milestoneRestored,
} from '../../domain/pov/milestone.contract.ts';
import {
  phaseChanged, phaseCreated, phaseDeleted, phaseRestored, phasesReordered, phaseSubmitted, templateApplied,
} from '../../domain/pov/phase.contract.ts';
import { povChanged, povCreated, povDeleted, povRestored, statusChanged } from '../../domain/pov/pov.contract.ts';
import { ownerChanged } from '../../domain/pov/team-member.contract.ts';
import { verbs } from '../platform/verbs.ts';
import { watch } from '../platform/watch.ts';

const {
  lookAtPov, followOpportunity, startPhase, completePhase, returnPhase, markMilestoneOverdue,
} = verbs<typeof povVerbs>();

const hears = [
  povCreated, povChanged, povDeleted, povRestored, statusChanged, ownerChanged,
  launchInitiated, launchChecked, launchConfirmed, launchReminded,
  phaseCreated, phaseChanged, phaseDeleted, phaseRestored, phasesReordered, templateApplied, phaseSubmitted,
  stepOpened, stepReminded, stepDecided, instanceOverdue, instanceCompleted, instanceRejected, instanceCancelled,
  milestoneCreated, milestoneChanged, milestoneDeleted, milestoneRestored, clockMoved,
  opportunityAccountChanged,
];

/**
 * A POV from its creation until it is won, lost or deleted. Projected, it waits for its launch. In progress, it starts
 * its phases one after the other: a phase runs until it is submitted, is completed when its approval is, or goes back
 * to work; milestones that pass their date become overdue; it goes where its opportunity goes. Status moves are made by
 * people, elsewhere.
 */
export async function povLifecycle(input: ProcessInput): Promise<string> {
  return watch(input, lookAtPov, {
    followOpportunity: ({ povId }) => followOpportunity({ povId }),
    startPhase: ({ phaseId }) => startPhase({ phaseId }),
    completePhase: ({ phaseId, instanceId }) => completePhase({ phaseId, instanceId }),
    returnPhase: ({ phaseId, instanceId }) => returnPhase({ phaseId, instanceId }),
    markMilestoneOverdue: ({ milestoneId }) => markMilestoneOverdue({ milestoneId }),
  }, hears);
}
