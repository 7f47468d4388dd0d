import { LockMode } from '@mikro-orm/postgresql';
import { PhaseTemplate } from '../../../db/pov/phase-template.entity.ts';
import { shown } from '../../../db/pov/shown.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { templateChanged } from '../../../domain/pov/phase-template.contract.ts';
import { PatchPhaseTemplate, PhaseTemplate as PhaseTemplateShape } from '../../../domain/pov/phase-template.ts';
import { lockVersion } from '../../platform/lock-version.ts';
import { verb } from '../../platform/verb.ts';
import { onlyDefault } from './only-default.ts';

/** Phases that were made from the template stay as they are. */
export const updatePhaseTemplate = verb(
  {
    name: 'update-phase-template',
    needs: 'phase-template:update',
    input: PatchPhaseTemplate.extend({ templateId: Id }),
    output: PhaseTemplateShape,
  },
  async (ctx, { templateId, version, workflow, phases, ...fields }) => {
    const { em, emit } = ctx;
    const template = await em.findOne(
      PhaseTemplate,
      { id: templateId, deletedAt: null },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!template) throw new Refusal('not-found', 'Template not found');
    lockVersion(ctx, template, version);
    if (fields.isDefault) await onlyDefault(ctx, templateId);
    em.assign(template, fields, { ignoreUndefined: true });
    template.workflow = workflow ?? phases ?? template.workflow;
    emit(templateChanged, { templateId, name: template.name });
    await em.flush();
    return shown(PhaseTemplateShape, template);
  },
);
