import { z } from 'zod';
import { Instance } from '../approvals/instance.ts';
import { endpoint, event } from '../platform/contract.ts';
import { ById, Id } from '../platform/id.ts';
import { ListQuery, listOf } from '../platform/list.ts';
import { CreatePhase, PatchPhase, Phase, PutPhase } from './phase.ts';
import { PhaseApproval, SubmitPhase } from './phase-approval.ts';
import { tellsPov } from './pov-lifecycle.contract.ts';

const path = '/api/povs/:id/phases';
const one = `${path}/:phaseId`;
const ByPhase = z.object({ id: Id, phaseId: Id });
const edit = 'pov:update';
const Phases = z.object({ items: z.array(Phase) });

/** POV-031, 069, APR-036. */
export const phaseEndpoints = {
  list: endpoint({
    method: 'GET',
    path,
    needs: 'pov:read',
    params: ById,
    query: ListQuery,
    returns: listOf(Phase),
    summary: 'The phases of a POV in sequence',
  }),
  create: endpoint({
    method: 'POST',
    path,
    needs: edit,
    params: ById,
    body: CreatePhase,
    returns: Phase,
    status: 201,
    summary: 'Add a phase',
  }),
  reorder: endpoint({
    method: 'POST',
    path: `${path}/reorder`,
    needs: edit,
    params: ById,
    returns: Phases,
    summary: 'Put phases in another sequence',
    body: z.object({
      phaseIds: z.array(Id).min(1).max(200).meta({ description: 'These phases, in the order they should have' }),
    }),
  }),
  applyTemplate: endpoint({
    method: 'POST',
    path: `${path}/apply-template`,
    needs: edit,
    params: ById,
    body: z.object({ templateId: Id }),
    returns: Phases,
    status: 201,
    summary: 'Add the phases of a template, spread over the dates of the POV',
  }),
  read: endpoint({ method: 'GET', path: one, needs: 'pov:read', params: ByPhase, returns: Phase, summary: 'A phase' }),
  replace: endpoint({
    method: 'PUT',
    path: one,
    needs: edit,
    params: ByPhase,
    body: PutPhase,
    returns: Phase,
    summary: 'Replace a phase',
  }),
  update: endpoint({
    method: 'PATCH',
    path: one,
    needs: edit,
    params: ByPhase,
    body: PatchPhase,
    returns: Phase,
    summary: 'Change a phase',
  }),
  delete: endpoint({
    method: 'DELETE',
    path: one,
    needs: edit,
    params: ByPhase,
    returns: z.object({ id: Id }),
    summary: 'Delete a phase with its milestones',
  }),
  restore: endpoint({
    method: 'POST',
    path: `${one}/restore`,
    needs: 'pov:restore',
    params: ByPhase,
    returns: Phase,
    summary: 'Restore a deleted phase with the milestones that went with it',
  }),
  submit: endpoint({
    method: 'POST',
    path: `${one}/submit`,
    needs: 'pov:submit',
    params: ByPhase,
    body: SubmitPhase,
    returns: Instance,
    status: 201,
    summary: 'Submit a phase for approval',
  }),
  approval: endpoint({
    method: 'GET',
    path: `${one}/approval`,
    needs: 'pov:read',
    params: ByPhase,
    returns: PhaseApproval,
    summary: 'The approval of a phase, and whether the phase may be completed',
  }),
};

const about = z.object({ povId: Id, phaseId: Id, phase: z.string(), title: z.string() });
type About = z.output<typeof about>;
const shared = { entity: (p: About) => p.phaseId, story: (p: About) => p.povId, tells: tellsPov };
const ofPhase = (verb: string, says: (p: About) => string) =>
  event({ name: `pov.phase.${verb}`, payload: about, ...shared, says });

export const phaseCreated = ofPhase('created', p => `added the phase ${p.phase}`);
export const phaseChanged = event({
  name: 'pov.phase.changed',
  payload: about.extend({ fields: z.array(z.string()) }),
  ...shared,
  says: p => `changed ${p.fields.join(', ')} of ${p.phase}`,
});
export const phaseDeleted = ofPhase('deleted', p => `deleted the phase ${p.phase}`);
export const phaseRestored = ofPhase('restored', p => `restored the phase ${p.phase}`);
export const phaseSubmitted = event({
  name: 'pov.phase.submitted',
  payload: about.extend({ instanceId: Id }),
  ...shared,
  says: p => `submitted ${p.phase} for approval`,
});
export const phaseStarted = ofPhase('started', p => `started ${p.phase}`);
export const phaseCompleted = ofPhase('completed', p => `completed ${p.phase}`);
export const phaseReturned = event({
  name: 'pov.phase.returned',
  payload: about.extend({ comment: z.string().nullable() }),
  ...shared,
  says: p => `sent ${p.phase} back to work${p.comment ? `: ${p.comment}` : ''}`,
});

const ofPov = z.object({ povId: Id, title: z.string() });
export const phasesReordered = event({
  name: 'pov.phases.reordered',
  payload: ofPov.extend({ phases: z.array(z.string()) }),
  entity: p => p.povId,
  tells: tellsPov,
  says: p => `put the phases in the order ${p.phases.join(', ')}`,
});
export const templateApplied = event({
  name: 'pov.template.applied',
  payload: ofPov.extend({ template: z.string(), phases: z.array(z.string()) }),
  entity: p => p.povId,
  tells: tellsPov,
  says: p => `added the phases of ${p.template}: ${p.phases.join(', ')}`,
});
