import { LockMode } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { PhaseTemplate } from '../../../db/pov/phase-template.entity.ts';
import { shown } from '../../../db/pov/shown.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { templateRestored } from '../../../domain/pov/phase-template.contract.ts';
import { PhaseTemplate as PhaseTemplateShape } from '../../../domain/pov/phase-template.ts';
import { verb } from '../../platform/verb.ts';

/** PLT-005. Another default that was chosen meanwhile stays the default (POV-066). */
export const restorePhaseTemplate = verb(
  {
    name: 'restore-phase-template',
    needs: 'phase-template:restore',
    input: z.object({ templateId: Id }),
    output: PhaseTemplateShape,
  },
  async ({ em, emit }, { templateId }) => {
    const template = await em.findOne(
      PhaseTemplate,
      { id: templateId },
      { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
    );
    if (!template) throw new Refusal('not-found', 'Template not found');
    if (!template.deletedAt) return shown(PhaseTemplateShape, template);
    const others = await em.count(PhaseTemplate, { isDefault: true, deletedAt: null });
    if (others) template.isDefault = false;
    template.deletedAt = null;
    emit(templateRestored, { templateId, name: template.name });
    await em.flush();
    return shown(PhaseTemplateShape, template);
  },
);
