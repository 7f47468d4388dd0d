import { z } from 'zod';
import { shown } from '../../db/pov/shown.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { Id } from '../../domain/platform/id.ts';
import { templateApplied } from '../../domain/pov/phase.contract.ts';
import { Phase as PhaseShape } from '../../domain/pov/phase.ts';
import { lockVersion } from '../platform/lock-version.ts';
import { verb } from '../platform/verb.ts';
import { addTemplatePhases } from './add-template-phases.ts';
import { claimPov } from './claim-pov.ts';
import { findTemplate } from './create-pov.ts';
import { phasesOf } from './find-phase.ts';
import { noteActivity } from './note-activity.ts';

/** Adds the phases of a template: orders from 0, or after those that a POV has besides its first one (POV-063). */
export const applyPhaseTemplate = verb(
  {
    name: 'apply-phase-template',
    needs: 'pov:update',
    input: z.object({ povId: Id, templateId: Id }),
    output: z.object({ items: z.array(PhaseShape) }),
  },
  async (ctx, { povId, templateId }) => {
    const { em, emit } = ctx;
    const { pov } = await claimPov(ctx, povId, 'edit');
    lockVersion(ctx, pov);
    const template = await findTemplate(ctx, templateId);
    if (!template.workflow.length) throw new Refusal('conflict', `${template.name} has no phases`);
    const phases = await phasesOf(ctx, povId);
    const first =
      phases.length <= 1 && phases.every(p => p.order === 0 && !p.templateId) ? 0 : phases.at(-1)!.order + 1;
    const added = addTemplatePhases(ctx, pov, template, first);
    noteActivity(ctx, povId, 'template.applied', { template: template.name, phases: added.map(p => p.name) });
    emit(templateApplied, { povId, title: pov.title, template: template.name, phases: added.map(p => p.name) });
    await em.flush();
    return { items: added.map(p => shown(PhaseShape, p)) };
  },
);
