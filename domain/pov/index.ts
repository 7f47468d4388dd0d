import { featureRequests } from './request/feature-request.ts';
import * as launch from './launch.contract.ts';
import * as milestone from './milestone.contract.ts';
import { bulkEndpoints } from '../platform/job/job.contract.ts';
import { povJobKinds } from './job/job-kinds.ts';
import { povPermissions } from './permissions.ts';
import * as template from './phase-template.contract.ts';
import * as phase from './phase.contract.ts';
import * as kpi from './pov-kpi.contract.ts';
import { povLifecycle } from './pov-lifecycle.contract.ts';
import * as pov_ from './pov.contract.ts';
import { supportRequests } from './request/support-request.ts';
import * as member from './team-member.contract.ts';

/** Register of the area. */
export const pov = {
  endpoints: {
    povs: pov_.povEndpoints,
    teamMembers: member.teamMemberEndpoints,
    phases: phase.phaseEndpoints,
    milestones: milestone.milestoneEndpoints,
    povKpis: kpi.povKpiEndpoints,
    launches: launch.launchEndpoints,
    phaseTemplates: template.phaseTemplateEndpoints,
    bulk: bulkEndpoints(povJobKinds),
  },
  events: [
    pov_.povCreated,
    pov_.povChanged,
    pov_.povDeleted,
    pov_.povRestored,
    pov_.statusChanged,
    member.memberAdded,
    member.memberChanged,
    member.memberRemoved,
    member.ownerChanged,
    phase.phaseCreated,
    phase.phaseChanged,
    phase.phaseDeleted,
    phase.phaseRestored,
    phase.phaseSubmitted,
    phase.phaseStarted,
    phase.phaseCompleted,
    phase.phaseReturned,
    phase.phasesReordered,
    phase.templateApplied,
    milestone.milestoneCreated,
    milestone.milestoneChanged,
    milestone.milestoneDeleted,
    milestone.milestoneRestored,
    milestone.milestoneOverdue,
    kpi.kpiCreated,
    kpi.kpiChanged,
    kpi.kpiDeleted,
    kpi.kpiRestored,
    launch.launchInitiated,
    launch.launchChecked,
    launch.launchConfirmed,
    launch.launchReminded,
    template.templateCreated,
    template.templateChanged,
    template.templateDeleted,
    template.templateRestored,
  ],
  records: [featureRequests, supportRequests],
  processes: [povLifecycle, launch.launchProcess],
  permissions: povPermissions,
};
