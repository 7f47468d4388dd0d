import { z } from 'zod';
import { endpoint, event } from '../platform/contract.ts';
import { ById, Id } from '../platform/id.ts';
import { ListQuery, listOf } from '../platform/list.ts';
import { History } from '../platform/record.ts';
import {
  CreatePhaseTemplate,
  PatchPhaseTemplate,
  PhaseTemplate,
  PhaseTemplateUsage,
  PutPhaseTemplate,
} from './phase-template.ts';

const path = '/api/admin/phases';
const one = `${path}/:id`;
const Deleted = z.object({ id: Id });

/** POV-067 to 069: id in body or query, or in the path. */
export const phaseTemplateEndpoints = {
  list: endpoint({
    method: 'GET',
    path,
    needs: 'phase-template:manage',
    query: ListQuery,
    returns: listOf(PhaseTemplateUsage),
    summary: 'Phase templates by name, with the phases made from them; filter[deleted]=true to restore them',
  }),
  create: endpoint({
    method: 'POST',
    path,
    needs: 'phase-template:create',
    body: CreatePhaseTemplate,
    returns: PhaseTemplate,
    status: 201,
    summary: 'Create a phase template',
  }),
  replaceInBody: endpoint({
    method: 'PUT',
    path,
    needs: 'phase-template:update',
    body: PatchPhaseTemplate.extend({ id: Id }),
    returns: PhaseTemplate,
    summary: 'Change a phase template, its id in the body',
  }),
  deleteByQuery: endpoint({
    method: 'DELETE',
    path,
    needs: 'phase-template:delete',
    query: ById,
    returns: Deleted,
    summary: 'Delete a phase template, its id in the query',
  }),
  read: endpoint({
    method: 'GET',
    path: one,
    needs: 'phase-template:manage',
    params: ById,
    returns: PhaseTemplateUsage,
    summary: 'A phase template with its usage',
  }),
  replace: endpoint({
    method: 'PUT',
    path: one,
    needs: 'phase-template:update',
    params: ById,
    body: PutPhaseTemplate,
    returns: PhaseTemplate,
    summary: 'Replace a phase template',
  }),
  update: endpoint({
    method: 'PATCH',
    path: one,
    needs: 'phase-template:update',
    params: ById,
    body: PatchPhaseTemplate,
    returns: PhaseTemplate,
    summary: 'Change a phase template',
  }),
  delete: endpoint({
    method: 'DELETE',
    path: one,
    needs: 'phase-template:delete',
    params: ById,
    returns: Deleted,
    summary: 'Delete a phase template; phases made from it stay',
  }),
  restore: endpoint({
    method: 'POST',
    path: `${one}/restore`,
    needs: 'phase-template:restore',
    params: ById,
    returns: PhaseTemplate,
    summary: 'Restore a deleted phase template',
  }),
  history: endpoint({
    method: 'GET',
    path: `${one}/history`,
    needs: 'phase-template:manage',
    params: ById,
    returns: History,
    summary: 'Who changed what of a phase template and when, newest first',
  }),
  choose: endpoint({
    method: 'GET',
    path: '/api/phase-templates',
    needs: 'phase-template:read',
    query: ListQuery,
    returns: listOf(PhaseTemplate),
    summary: 'Phase templates to choose from for a POV, the default first',
  }),
};

const payload = z.object({ templateId: Id, name: z.string() });
type About = z.output<typeof payload>;
const ofTemplate = (verb: string, says: (p: About) => string) =>
  event({ name: `pov.phase-template.${verb}`, payload, entity: p => p.templateId, says });

export const templateCreated = ofTemplate('created', p => `created the phase template ${p.name}`);
export const templateChanged = ofTemplate('changed', p => `changed the phase template ${p.name}`);
export const templateDeleted = ofTemplate('deleted', p => `deleted the phase template ${p.name}`);
export const templateRestored = ofTemplate('restored', p => `restored the phase template ${p.name}`);
