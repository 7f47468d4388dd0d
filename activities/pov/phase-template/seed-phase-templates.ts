import { z } from 'zod';
import { PhaseTemplate } from '../../../db/pov/phase-template.entity.ts';
import { templateCreated } from '../../../domain/pov/phase-template.contract.ts';
import { standardTemplate } from '../../../domain/pov/standard-template.ts';
import { verb } from '../../platform/verb.ts';

/** Gives a fresh tenant its default template (POV-071); a tenant that ever had one is left alone. */
export const seedPhaseTemplates = verb(
  { name: 'seed-phase-templates', needs: 'process', input: z.object({}), output: z.object({ seeded: z.boolean() }) },
  async ({ em, id, emit }) => {
    if (await em.count(PhaseTemplate)) return { seeded: false };
    const template = em.create(PhaseTemplate, { id: id(), ...standardTemplate, isDefault: true });
    emit(templateCreated, { templateId: template.id, name: template.name });
    return { seeded: true };
  });
