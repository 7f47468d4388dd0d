import { closeInstance } from '../../../activities/approvals/close-instance.ts';
import { decideStep } from '../../../activities/approvals/decide-step.ts';
import { openStep } from '../../../activities/approvals/open-step.ts';
import { accountVerbs } from '../../../activities/crm/account-verbs.ts';
import { opportunityVerbs } from '../../../activities/crm/opportunity-verbs.ts';
import { seedAccountTypes } from '../../../activities/crm/seed-account-types.ts';
import { seedOpportunityStages } from '../../../activities/crm/seed-opportunity-stages.ts';
import { deletePhase } from '../../../activities/pov/delete-phase.ts';
import { createPhase } from '../../../activities/pov/create-phase.ts';
import { createPov } from '../../../activities/pov/create-pov.ts';
import { createPovKpi } from '../../../activities/pov/kpi/create-pov-kpi.ts';
import { deletePovKpi } from '../../../activities/pov/kpi/delete-pov-kpi.ts';
import { confirmLaunch } from '../../../activities/pov/launch/confirm-launch.ts';
import { initiateLaunch } from '../../../activities/pov/launch/initiate-launch.ts';
import { updateLaunchChecklist } from '../../../activities/pov/launch/update-launch-checklist.ts';
import { createMilestone } from '../../../activities/pov/milestone/create-milestone.ts';
import { deleteMilestone } from '../../../activities/pov/milestone/delete-milestone.ts';
import { createPhaseTemplate } from '../../../activities/pov/phase-template/create-phase-template.ts';
import { submitPhase } from '../../../activities/pov/submit-phase.ts';
import { addTeamMember } from '../../../activities/pov/team/add-team-member.ts';
import { newChecklist } from '../../../domain/pov/launch.ts';
import type { Examples, World } from '../verb-world.ts';

const dates = { startDate: '2026-11-24T09:00:00.000Z', endDate: '2027-01-13T09:00:00.000Z' };
const newPov = { title: 'Example', ...dates };
const newPhase = { name: 'Setup', type: 'EXECUTION' as const, ...dates };

type OfPov = { povId: string };
type OfPhase = OfPov & { phaseId: string };

const pov = async (w: World): Promise<OfPov> => ({ povId: (await w.run(createPov, newPov)).id });
const phase = async (w: World, of?: OfPov): Promise<OfPhase> => {
  const { povId } = of ?? (await pov(w));
  return { povId, phaseId: (await w.run(createPhase, { povId, ...newPhase })).id };
};
const firstPhase = async (w: World, { povId }: OfPov): Promise<OfPhase> =>
  w.row('select pov_id as "povId", id as "phaseId" from phase where pov_id = $1 order by position limit 1', [povId]);
const member = async (w: World, of?: OfPov): Promise<OfPov & { memberId: string }> => {
  const { povId } = of ?? (await pov(w));
  return {
    povId,
    memberId: (await w.run(addTeamMember, { povId, userId: w.tenant.users.sales, role: 'PROJECT_MANAGER' })).id,
  };
};
const milestone = async (
  w: World,
  dueDate = '2026-12-01T09:00:00.000Z',
): Promise<OfPhase & { milestoneId: string }> => {
  const of = await phase(w);
  return { ...of, milestoneId: (await w.run(createMilestone, { ...of, name: 'Demo', dueDate })).id };
};
const kpi = async (w: World): Promise<OfPov & { kpiId: string }> => {
  const { povId } = await pov(w);
  return { povId, kpiId: (await w.run(createPovKpi, { povId, name: 'Latency', target: 200 })).id };
};
const launch = async (w: World, ticked = false): Promise<OfPov & { launchId: string }> => {
  const { povId } = await member(w);
  await w.run(addTeamMember, { povId, userId: w.tenant.users.sales2, role: 'SALES_ENGINEER' });
  const { id: launchId } = await w.run(initiateLaunch, { povId });
  const ticks = newChecklist().items.map(({ key }) => ({ key, completed: true }));
  if (ticked) await w.run(updateLaunchChecklist, { launch: { launchId }, ticks });
  return { povId, launchId };
};
const launched = async (w: World): Promise<OfPov> => {
  const { povId, launchId } = await launch(w, true);
  await w.run(confirmLaunch, { launch: { launchId } });
  return { povId };
};
/** A phase whose approvers were asked. */
const submitted = async (w: World): Promise<OfPhase & { instanceId: string }> => {
  const of = await firstPhase(w, await launched(w));
  const instance = await w.run(submitPhase, of);
  for (const { id: stepId } of instance.steps) await w.run(openStep, { instanceId: instance.id, stepId }, w.process);
  return { ...of, instanceId: instance.id };
};
const template = async (w: World): Promise<{ templateId: string }> => {
  const input = { name: 'Example', workflow: [{ name: 'Setup', type: 'EXECUTION' as const }] };
  return { templateId: (await w.run(createPhaseTemplate, input, w.as('admin'))).id };
};

export const povExamples: Examples = {
  createPov: async w => ({ input: newPov, as: w.as('manager') }),
  updatePov: async w => ({ input: { ...(await pov(w)), title: 'Renamed' }, as: w.as('manager') }),
  deletePov: async w => ({ input: { id: (await pov(w)).povId }, as: w.as('admin') }),
  changePovOwner: async w => ({ input: { ...(await pov(w)), userId: w.tenant.users.sales }, as: w.as('manager') }),
  transitionPov: async w => ({
    input: { ...(await launched(w)), to: 'STALLED', reason: 'Waits' },
    as: w.as('manager'),
  }),
  lookAtPov: async w => ({ input: { entityId: (await pov(w)).povId }, as: w.process }),

  addTeamMember: async w => ({
    input: { ...(await pov(w)), userId: w.tenant.users.sales, role: 'PROJECT_MANAGER' },
    as: w.as('manager'),
  }),
  changeTeamMember: async w => ({ input: { ...(await member(w)), role: 'TECHNICAL_TEAM' }, as: w.as('manager') }),
  removeTeamMember: async w => ({ input: await member(w), as: w.as('manager') }),

  createPhase: async w => ({ input: { ...(await pov(w)), ...newPhase }, as: w.as('manager') }),
  updatePhase: async w => ({ input: { ...(await phase(w)), name: 'Renamed' }, as: w.as('manager') }),
  deletePhase: async w => ({ input: await phase(w), as: w.as('manager') }),
  restorePhase: async w => {
    const gone = await phase(w);
    await w.run(deletePhase, gone);
    return { input: gone, as: w.as('admin') };
  },
  reorderPhases: async w => {
    const second = await phase(w);
    const { phaseId } = await firstPhase(w, second);
    return { input: { povId: second.povId, phaseIds: [second.phaseId, phaseId] }, as: w.as('manager') };
  },
  applyPhaseTemplate: async w => ({ input: { ...(await pov(w)), ...(await template(w)) }, as: w.as('manager') }),
  startPhase: async w => ({ input: { phaseId: (await firstPhase(w, await launched(w))).phaseId }, as: w.process }),
  submitPhase: async w => ({ input: await firstPhase(w, await launched(w)), as: w.as('manager') }),
  completePhase: async w => {
    const { phaseId, instanceId } = await submitted(w);
    for (const name of ['sales', 'sales2'] as const)
      await w.run(decideStep, { instanceId, decision: 'approved' }, w.as(name));
    await w.run(closeInstance, { instanceId }, w.process);
    return { input: { phaseId, instanceId }, as: w.process };
  },
  returnPhase: async w => {
    const { phaseId, instanceId } = await submitted(w);
    await w.run(decideStep, { instanceId, decision: 'rejected', comment: 'Not yet' }, w.as('sales'));
    await w.run(closeInstance, { instanceId }, w.process);
    return { input: { phaseId, instanceId }, as: w.process };
  },

  createMilestone: async w => ({
    input: { ...(await phase(w)), name: 'Demo', dueDate: dates.endDate },
    as: w.as('manager'),
  }),
  updateMilestone: async w => ({ input: { ...(await milestone(w)), name: 'Renamed' }, as: w.as('manager') }),
  deleteMilestone: async w => ({ input: await milestone(w), as: w.as('manager') }),
  restoreMilestone: async w => {
    const gone = await milestone(w);
    await w.run(deleteMilestone, gone);
    return { input: gone, as: w.as('admin') };
  },
  followOpportunity: async w => {
    await w.run(seedAccountTypes, {}, w.process);
    await w.run(seedOpportunityStages, {}, w.process);
    const made = async (accountName: string): Promise<string> =>
      (await w.run(accountVerbs.create, { accountName, accountType: 'Customer' }))['id'] as string;
    const [from, to] = [await made('From Ltd'), await made('To Ltd')];
    const sale = { opportunityName: 'Moves', accountId: from };
    const opportunityId = (await w.run(opportunityVerbs.create, sale))['id'] as string;
    const { id: povId } = await w.run(createPov, { ...newPov, opportunityId });
    await w.run(opportunityVerbs.patch, { id: opportunityId, fields: { accountId: to } });
    return { input: { povId }, as: w.process };
  },
  markMilestoneOverdue: async w => {
    const { milestoneId } = await milestone(w);
    return { input: { milestoneId }, as: { ...w.process, now: Date.parse('2026-12-02T09:00:00.000Z') } };
  },

  createPovKpi: async w => ({ input: { ...(await pov(w)), name: 'Latency', target: 200 }, as: w.as('manager') }),
  updatePovKpi: async w => ({ input: { ...(await kpi(w)), current: 180 }, as: w.as('manager') }),
  deletePovKpi: async w => ({ input: await kpi(w), as: w.as('manager') }),
  restorePovKpi: async w => {
    const gone = await kpi(w);
    await w.run(deletePovKpi, gone);
    return { input: gone, as: w.as('admin') };
  },

  initiateLaunch: async w => ({ input: await pov(w), as: w.as('manager') }),
  updateLaunchChecklist: async w => ({
    input: { launch: { povId: (await launch(w)).povId }, ticks: [{ key: 'teamConfirmed', completed: true }] },
    as: w.as('manager'),
  }),
  confirmLaunch: async w => ({ input: { launch: { povId: (await launch(w, true)).povId } }, as: w.as('manager') }),
  remindLauncher: async w => ({ input: { launchId: (await launch(w)).launchId }, as: w.process }),
  lookAtLaunch: async w => ({ input: { entityId: (await launch(w)).launchId }, as: w.process }),

  createPhaseTemplate: async w => ({ input: { name: 'Example', workflow: [] }, as: w.as('admin') }),
  updatePhaseTemplate: async w => ({ input: { ...(await template(w)), name: 'Renamed' }, as: w.as('admin') }),
  deletePhaseTemplate: async w => ({ input: await template(w), as: w.as('admin') }),
  seedPhaseTemplates: async w => {
    await w.row('delete from phase_template');
    return { input: {}, as: w.process };
  },
};
