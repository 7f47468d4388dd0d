import { applyPhaseTemplate } from './apply-phase-template.ts';
import { changePovOwner } from './change-pov-owner.ts';
import { completePhase } from './complete-phase.ts';
import { createPhase } from './create-phase.ts';
import { createPov } from './create-pov.ts';
import { deletePhase } from './delete-phase.ts';
import { deletePov } from './delete-pov.ts';
import { followOpportunity } from './opportunity/follow-opportunity.ts';
import { featureRequestVerbs } from './request/feature-request-verbs.ts';
import { createPovKpi } from './kpi/create-pov-kpi.ts';
import { deletePovKpi } from './kpi/delete-pov-kpi.ts';
import { restorePovKpi } from './kpi/restore-pov-kpi.ts';
import { updatePovKpi } from './kpi/update-pov-kpi.ts';
import { confirmLaunch } from './launch/confirm-launch.ts';
import { initiateLaunch } from './launch/initiate-launch.ts';
import { lookAtLaunch } from './launch/look-at-launch.ts';
import { remindLauncher } from './launch/remind-launcher.ts';
import { updateLaunchChecklist } from './launch/update-launch-checklist.ts';
import { lookAtPov } from './look-at-pov.ts';
import { createMilestone } from './milestone/create-milestone.ts';
import { deleteMilestone } from './milestone/delete-milestone.ts';
import { markMilestoneOverdue } from './milestone/mark-milestone-overdue.ts';
import { restoreMilestone } from './milestone/restore-milestone.ts';
import { updateMilestone } from './milestone/update-milestone.ts';
import { createPhaseTemplate } from './phase-template/create-phase-template.ts';
import { deletePhaseTemplate } from './phase-template/delete-phase-template.ts';
import { restorePhaseTemplate } from './phase-template/restore-phase-template.ts';
import { seedPhaseTemplates } from './phase-template/seed-phase-templates.ts';
import { updatePhaseTemplate } from './phase-template/update-phase-template.ts';
import { reorderPhases } from './reorder-phases.ts';
import { returnPhase } from './return-phase.ts';
import { restorePhase } from './restore-phase.ts';
import { restorePov } from './restore-pov.ts';
import { startPhase } from './start-phase.ts';
import { submitPhase } from './submit-phase.ts';
import { supportRequestVerbs } from './request/support-request-verbs.ts';
import { addTeamMember } from './team/add-team-member.ts';
import { changeTeamMember } from './team/change-team-member.ts';
import { removeTeamMember } from './team/remove-team-member.ts';
import { transitionPov } from './transition-pov.ts';
import { updatePhase } from './update-phase.ts';
import { updatePov } from './update-pov.ts';

export const povVerbs = {
  createPov,
  updatePov,
  deletePov,
  restorePov,
  changePovOwner,
  transitionPov,
  lookAtPov,
  followOpportunity,
  addTeamMember,
  changeTeamMember,
  removeTeamMember,
  createPhase,
  updatePhase,
  deletePhase,
  restorePhase,
  reorderPhases,
  applyPhaseTemplate,
  startPhase,
  submitPhase,
  completePhase,
  returnPhase,
  createMilestone,
  updateMilestone,
  deleteMilestone,
  restoreMilestone,
  markMilestoneOverdue,
  createPovKpi,
  updatePovKpi,
  deletePovKpi,
  restorePovKpi,
  initiateLaunch,
  updateLaunchChecklist,
  confirmLaunch,
  remindLauncher,
  lookAtLaunch,
  createPhaseTemplate,
  updatePhaseTemplate,
  deletePhaseTemplate,
  restorePhaseTemplate,
  seedPhaseTemplates,
  createFeatureRequest: featureRequestVerbs.create,
  patchFeatureRequest: featureRequestVerbs.patch,
  replaceFeatureRequest: featureRequestVerbs.put,
  removeFeatureRequest: featureRequestVerbs.remove,
  restoreFeatureRequest: featureRequestVerbs.restore,
  createSupportRequest: supportRequestVerbs.create,
  patchSupportRequest: supportRequestVerbs.patch,
  replaceSupportRequest: supportRequestVerbs.put,
  removeSupportRequest: supportRequestVerbs.remove,
  restoreSupportRequest: supportRequestVerbs.restore,
};
