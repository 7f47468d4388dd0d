import { createPhaseTemplate } from '../../activities/pov/phase-template/create-phase-template.ts';
import { deletePhaseTemplate } from '../../activities/pov/phase-template/delete-phase-template.ts';
import { restorePhaseTemplate } from '../../activities/pov/phase-template/restore-phase-template.ts';
import { updatePhaseTemplate } from '../../activities/pov/phase-template/update-phase-template.ts';
import { recordHistory } from '../../db/platform/history/record-history.query.ts';
import { choosePhaseTemplates, listPhaseTemplates, readPhaseTemplate } from '../../db/pov/phase-templates.query.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { phaseTemplateEndpoints } from '../../domain/pov/phase-template.contract.ts';
import { PhaseTemplate } from '../../domain/pov/phase-template.ts';
import { serve } from '../platform/serve.ts';

export const phaseTemplates = serve(phaseTemplateEndpoints, {
  list: ({ query, read, actor }) => listPhaseTemplates(read, actor, query),
  create: ({ body, run }) => run(createPhaseTemplate, body),
  replaceInBody: ({ body: { id, ...change }, run }) => run(updatePhaseTemplate, { ...change, templateId: id }),
  deleteByQuery: ({ query, run }) => run(deletePhaseTemplate, { templateId: query.id }),
  read: async ({ params, read }) => {
    const template = await readPhaseTemplate(read, params.id);
    if (!template) throw new Refusal('not-found', 'Template not found');
    return template;
  },
  replace: ({ params, body, run }) =>
    run(updatePhaseTemplate, { description: null, type: null, isDefault: false, ...body, templateId: params.id }),
  update: ({ params, body, run }) => run(updatePhaseTemplate, { ...body, templateId: params.id }),
  delete: ({ params, run }) => run(deletePhaseTemplate, { templateId: params.id }),
  restore: ({ params, run }) => run(restorePhaseTemplate, { templateId: params.id }),
  history: async ({ params, read }) => {
    if (!(await readPhaseTemplate(read, params.id))) throw new Refusal('not-found', 'Template not found');
    return recordHistory(read, { tableName: 'phase_template', View: PhaseTemplate }, params.id);
  },
  choose: ({ query, read }) => choosePhaseTemplates(read, query),
});
