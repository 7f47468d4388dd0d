import { z } from 'zod';
import { OpportunityStage } from '../../db/crm/opportunity-stage.entity.ts';
import { opportunityStages, positionStep, standardStages } from '../../domain/crm/opportunity-stage.ts';
import { verb } from '../platform/verb.ts';

/** Gives a fresh tenant the stages that everybody knows (CRM-067); a tenant that ever had one is left alone. */
export const seedOpportunityStages = verb(
  { name: 'seed-opportunity-stages', needs: 'process', input: z.object({}), output: z.object({ seeded: z.boolean() }) },
  async ({ em, id, emit }) => {
    if (await em.count(OpportunityStage)) return { seeded: false };
    for (const [i, stage] of standardStages.entries()) {
      const { id: stageId } = em.create(OpportunityStage, { id: id(), ...stage, position: (i + 1) * positionStep });
      emit(opportunityStages.events.created, {
        id: stageId, parentId: null, title: stage.name, fields: ['key', 'name', 'position', 'probability', 'outcome'],
      });
    }
    return { seeded: true };
  },
);
