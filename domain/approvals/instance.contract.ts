import { z } from 'zod';
import { endpoint, event, message, type Told } from '../platform/contract.ts';
import { ById, Id } from '../platform/id.ts';
import { ListQuery, listOf } from '../platform/list.ts';
import { watcherUpdates } from '../platform/operations/process-hold.ts';
import { processContract } from '../platform/process.ts';
import { History } from '../platform/record.ts';
import { Approve, Cancel, Decide, DecisionEntry, Delegate, Reject, Skip } from './decision.ts';
import { Instance, Parent, StartInstance, StepToAdd } from './instance.ts';
import { toldOf } from './step.ts';

const path = '/api/workflows/instances';

/** An instance with all decisions on it, oldest first. */
export const InstanceDetail = Instance.extend({ history: z.array(DecisionEntry) }).meta({
  id: 'WorkflowInstanceDetail',
});

export const instanceEndpoints = {
  list: endpoint({
    method: 'GET',
    path,
    needs: 'workflow-instance:read',
    query: ListQuery,
    returns: listOf(Instance),
    summary: 'Approvals; filter[waitingForMe]=true is the inbox',
  }),
  start: endpoint({
    method: 'POST',
    path,
    needs: 'workflow-instance:create',
    body: StartInstance,
    returns: Instance,
    status: 201,
    summary: 'Start an approval of any record',
  }),
  read: endpoint({
    method: 'GET',
    path: `${path}/:id`,
    needs: 'workflow-instance:read',
    params: ById,
    returns: InstanceDetail,
    summary: 'An approval with its steps and decisions',
  }),
  history: endpoint({
    method: 'GET',
    path: `${path}/:id/history`,
    needs: 'workflow-instance:read',
    params: ById,
    returns: History,
    summary: 'Who changed which fields of an approval and when, newest first; its decisions stand in the approval',
  }),
  approve: endpoint({
    method: 'POST',
    path: `${path}/:id/approve`,
    needs: 'workflow-instance:decide',
    params: ById,
    body: Approve,
    returns: Instance,
    summary: 'Approve the step that waits for you',
  }),
  reject: endpoint({
    method: 'POST',
    path: `${path}/:id/reject`,
    needs: 'workflow-instance:decide',
    params: ById,
    body: Reject,
    returns: Instance,
    summary: 'Reject the step that waits for you; ends the approval',
  }),
  cancel: endpoint({
    method: 'POST',
    path: `${path}/:id/cancel`,
    needs: 'workflow-instance:cancel',
    params: ById,
    body: Cancel,
    returns: Instance,
    summary: 'Call the approval off',
  }),
  delegate: endpoint({
    method: 'POST',
    path: `${path}/:id/delegate`,
    needs: 'workflow-instance:decide',
    params: ById,
    body: Delegate,
    returns: Instance,
    summary: 'Hand the step that waits for you to somebody else, who decides from then on',
  }),
  skip: endpoint({
    method: 'POST',
    path: `${path}/:id/skip`,
    needs: 'workflow-instance:skip',
    params: ById,
    body: Skip,
    returns: Instance,
    summary: 'Skip a step, with a reason',
  }),
  addStep: endpoint({
    method: 'POST',
    path: `${path}/:id/steps`,
    needs: 'workflow-instance:update',
    params: ById,
    body: StepToAdd,
    returns: Instance,
    status: 201,
    summary: 'Add a step to a running approval',
  }),
};

export const approvalProcess = processContract({
  type: 'approval',
  entityType: 'workflow-instance',
  summary: 'Opens the steps of an approval in order, reminds the approvers and tells those concerned how it ended',
  id: instanceId => `wf-${instanceId}`,
  reads: 'workflow-instance:read',
  start: { needs: 'workflow-instance:create', body: StartInstance },
  signals: {
    decide: message({
      name: 'decide',
      needs: 'workflow-instance:decide',
      summary: 'Approve or reject a step',
      body: Decide,
    }),
    cancel: message({
      name: 'cancel',
      needs: 'workflow-instance:cancel',
      summary: 'Call the approval off',
      body: Cancel,
    }),
    delegate: message({
      name: 'delegate',
      needs: 'workflow-instance:decide',
      summary: 'Hand a step to somebody else, who decides from then on',
      body: Delegate,
    }),
    skip: message({ name: 'skip', needs: 'workflow-instance:skip', summary: 'Skip a step, with a reason', body: Skip }),
  },
  updates: watcherUpdates,
});

/** What every event of an approval tells; `concerns` are the people who see it live: requester and approvers. */
const about = z.object({
  instanceId: Id,
  storyId: Id,
  title: z.string(),
  referenceType: z.string(),
  referenceId: Id,
  parent: Parent.nullable(),
  concerns: z.array(Id),
});
const ofStep = about.extend({ stepId: z.string(), stepName: z.string() });
type About = z.output<typeof about>;

/** The part of an event that says which approval it is about. */
export const aboutInstance = (i: Instance): About => ({
  instanceId: i.id,
  storyId: i.storyId,
  title: i.title,
  referenceType: i.referenceType,
  referenceId: i.referenceId,
  parent: i.parent,
  concerns: [
    ...new Set([i.requesterId, ...i.steps.flatMap(s => [...toldOf(s), ...s.handedBy, s.decidedBy])]),
  ].filter(id => id !== null),
});

const shared = {
  entity: (p: About) => p.instanceId,
  story: (p: About) => p.storyId,
  concerns: (p: About) => p.concerns,
};
const itself = (p: About): Told[] => [{ type: approvalProcess.type, entityId: p.instanceId }];
const parentOnly = (p: About): Told[] => (p.parent ? [p.parent] : []);
const itselfAndParent = (p: About): Told[] => [...itself(p), ...parentOnly(p)];
const because = (comment: string | null): string => (comment ? `: ${comment}` : '');

export const instanceStarted = event({
  name: 'workflow.instance.started',
  aliases: ['workflow.started'],
  payload: about,
  ...shared,
  tells: itself,
  says: p => `asked for approval of ${p.title}`,
});
export const stepOpened = event({
  name: 'workflow.step.opened',
  payload: ofStep.extend({ approvers: z.string() }),
  ...shared,
  tells: parentOnly,
  says: p => `asked ${p.approvers} to approve ${p.title}`,
});
export const stepAdded = event({
  name: 'workflow.step.added',
  payload: ofStep,
  ...shared,
  tells: itselfAndParent,
  says: p => `added the step ${p.stepName} to the approval of ${p.title}`,
});
export const stepDecided = event({
  name: 'workflow.step.decided',
  ...shared,
  tells: itselfAndParent,
  payload: ofStep.extend({
    decision: z.enum(['approved', 'rejected']), comment: z.string().nullable(), inPlaceOf: z.string().nullish(),
  }),
  says: p =>
    `${p.decision} ${p.title} (${p.stepName})${p.inPlaceOf ? ` for ${p.inPlaceOf}` : ''}${because(p.comment)}`,
});
export const stepDelegated = event({
  name: 'workflow.step.delegated',
  ...shared,
  tells: itselfAndParent,
  payload: ofStep.extend({ from: z.string(), to: z.string(), comment: z.string().nullable() }),
  says: p => `handed the approval of ${p.title} (${p.stepName}) to ${p.to}${because(p.comment)}`,
});
/** The team that the step's role is held in has changed. */
export const stepReassigned = event({
  name: 'workflow.step.reassigned',
  payload: ofStep.extend({ approvers: z.string() }),
  ...shared,
  tells: itselfAndParent,
  says: p => `asks ${p.approvers} from now on to approve ${p.title} (${p.stepName})`,
});
export const stepSkipped = event({
  name: 'workflow.step.skipped',
  payload: ofStep.extend({ reason: z.string() }),
  ...shared,
  tells: itselfAndParent,
  says: p => `skipped ${p.stepName} in the approval of ${p.title}: ${p.reason}`,
});
export const stepReminded = event({
  name: 'workflow.step.reminded',
  payload: ofStep.extend({ approvers: z.string() }),
  ...shared,
  tells: parentOnly,
  says: p => `reminded ${p.approvers} to approve ${p.title}`,
});
export const instanceOverdue = event({
  name: 'workflow.instance.overdue',
  aliases: ['workflow.sla_breached'],
  payload: about,
  ...shared,
  tells: parentOnly,
  says: p => `found the approval of ${p.title} overdue`,
});
export const instanceCompleted = event({
  name: 'workflow.instance.completed',
  aliases: ['workflow.completed', 'workflow.approved'],
  payload: about,
  ...shared,
  tells: parentOnly,
  says: p => `completed the approval of ${p.title}`,
});
export const instanceRejected = event({
  name: 'workflow.instance.rejected',
  aliases: ['workflow.rejected'],
  payload: about.extend({ comment: z.string().nullable() }),
  ...shared,
  tells: parentOnly,
  says: p => `ended the approval of ${p.title} as rejected${because(p.comment)}`,
});
export const instanceCancelled = event({
  name: 'workflow.instance.cancelled',
  aliases: ['workflow.cancelled'],
  payload: about.extend({ reason: z.string() }),
  ...shared,
  tells: itselfAndParent,
  says: p => `cancelled the approval of ${p.title}: ${p.reason}`,
});
