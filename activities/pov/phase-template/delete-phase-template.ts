import { LockMode } from '@mikro-orm/postgresql';
import { z } from 'zod';
import { PhaseTemplate } from '../../../db/pov/phase-template.entity.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { ById, Id } from '../../../domain/platform/id.ts';
import { templateDeleted } from '../../../domain/pov/phase-template.contract.ts';
import { lockVersion } from '../../platform/lock-version.ts';
import { verb } from '../../platform/verb.ts';

/** Phases that were made from the template stay. */
export const deletePhaseTemplate = verb(
  { name: 'delete-phase-template', needs: 'phase-template:delete', input: z.object({ templateId: Id }), output: ById },
  async (ctx, { templateId }) => {
    const { em, now, emit } = ctx;
    const template = await em.findOne(
      PhaseTemplate,
      { id: templateId, deletedAt: null },
      { lockMode: LockMode.PESSIMISTIC_WRITE },
    );
    if (!template) throw new Refusal('not-found', 'Template not found');
    lockVersion(ctx, template);
    template.deletedAt = new Date(now);
    emit(templateDeleted, { templateId, name: template.name });
    return { id: templateId };
  });
