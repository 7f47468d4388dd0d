import { randomUUID } from 'node:crypto';
import { decideStep } from '../../../activities/approvals/decide-step.ts';
import { standInVerbs } from '../../../activities/approvals/stand-in-verbs.ts';
import { openInstance } from '../../../activities/approvals/open-instance.ts';
import { openStep } from '../../../activities/approvals/open-step.ts';
import type { Instance } from '../../../domain/approvals/instance.ts';
import { createUser } from '../../../activities/platform/identity/create-user.ts';
import { byName } from '../../../activities/platform/record/named-verbs.ts';
import type { Examples, World } from '../verb-world.ts';
import { recordExamples } from './record.examples.ts';

const asked = (w: World) => ({
  referenceType: 'contract',
  referenceId: randomUUID(),
  title: 'Example',
  dueInHours: 1,
  whenDue: 'expired' as const,
  steps: [{ name: 'Manager', role: 'SALES_MANAGEMENT', assigneeIds: [w.tenant.users.sales2] }],
});
const instance = (w: World, more = {}): Promise<Instance> =>
  w.run(openInstance, { ...asked(w), ...more }, w.as('sales'));
const step = (of: Instance): { instanceId: string; stepId: string } => ({ instanceId: of.id, stepId: of.steps[0]!.id });
/** An approval whose only step waits. */
const opened = async (w: World, more = {}): Promise<Instance> => {
  const made = await instance(w, more);
  await w.run(openStep, step(made), w.process);
  return made;
};
const decided = async (w: World): Promise<Instance> => {
  const made = await opened(w);
  return w.run(decideStep, { instanceId: made.id, decision: 'approved' }, w.as('sales2'));
};
/** Two hours after it was asked for: past its hour. */
const late = async (w: World) => {
  const { now } = await w.row<{ now: Date }>('select frozen_at as now from tenant_clock');
  return { ...w.process, now: now.getTime() + 7_200_000 };
};

const newcomer = async (w: World): Promise<string> => {
  const username = `away-${randomUUID()}`;
  const made = { username, fullName: 'Away', email: `${username}@example.com` };
  return (await w.run(createUser, made, w.as('admin'))).id;
};
const absences = recordExamples(standInVerbs, {
  fields: async w => ({
    userId: await newcomer(w), standInId: w.tenant.users.sales2, fromDay: '2027-01-10', untilDay: '2027-01-20',
  }),
  change: { untilDay: '2027-01-25' },
  as: 'admin',
});

export const approvalExamples: Examples = {
  openInstance: async w => ({ input: asked(w), as: w.as('sales') }),
  openStep: async w => ({ input: step(await instance(w)), as: w.process }),
  remindApprovers: async w => ({ input: { ...step(await opened(w)), number: 1 }, as: w.process }),
  decideStep: async w => ({ input: { instanceId: (await opened(w)).id, decision: 'approved' }, as: w.as('sales2') }),
  delegateStep: async w => ({
    input: { instanceId: (await opened(w)).id, toUserId: w.tenant.users.sales3 }, as: w.as('sales2'),
  }),
  skipStep: async w => ({
    input: { instanceId: (await opened(w)).id, stepId: 'step-1', reason: 'Not needed' },
    as: w.as('admin'),
  }),
  addStep: async w => ({
    input: { instanceId: (await opened(w)).id, name: 'Legal', order: 5, role: 'ADMIN' },
    as: w.as('admin'),
  }),
  cancelInstance: async w => ({ input: { instanceId: (await opened(w)).id, reason: 'Changed' }, as: w.as('sales') }),
  withdrawInstance: async w => ({ input: { instanceId: (await opened(w)).id, reason: 'Gone' }, as: w.process }),
  markOverdue: async w => ({ input: { instanceId: (await opened(w, { whenDue: 'overdue' })).id }, as: await late(w) }),
  expireInstance: async w => ({ input: { instanceId: (await opened(w)).id }, as: await late(w) }),
  closeInstance: async w => ({ input: { instanceId: (await decided(w)).id }, as: w.process }),
  lookAtApproval: async w => ({ input: { entityId: (await opened(w)).id }, as: w.process }),
  ...byName('StandIn', absences),
};
