import { PhaseTemplate } from '../../../db/pov/phase-template.entity.ts';
import { shown } from '../../../db/pov/shown.ts';
import { templateCreated } from '../../../domain/pov/phase-template.contract.ts';
import { CreatePhaseTemplate, PhaseTemplate as PhaseTemplateShape } from '../../../domain/pov/phase-template.ts';
import { verb } from '../../platform/verb.ts';
import { onlyDefault } from './only-default.ts';

/** POV-062. */
export const createPhaseTemplate = verb(
  {
    name: 'create-phase-template',
    needs: 'phase-template:create',
    input: CreatePhaseTemplate,
    output: PhaseTemplateShape,
  },
  async (ctx, { workflow, phases, isDefault = false, ...fields }) => {
    const { em, id, emit } = ctx;
    const templateId = id();
    if (isDefault) await onlyDefault(ctx, templateId);
    const template = em.create(PhaseTemplate, {
      id: templateId,
      ...fields,
      isDefault,
      workflow: workflow ?? phases ?? [],
    });
    emit(templateCreated, { templateId, name: template.name });
    await em.flush();
    return shown(PhaseTemplateShape, template);
  },
);
