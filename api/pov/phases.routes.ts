import { applyPhaseTemplate } from '../../activities/pov/apply-phase-template.ts';
import { createPhase } from '../../activities/pov/create-phase.ts';
import { deletePhase } from '../../activities/pov/delete-phase.ts';
import { reorderPhases } from '../../activities/pov/reorder-phases.ts';
import { restorePhase } from '../../activities/pov/restore-phase.ts';
import { submitPhase } from '../../activities/pov/submit-phase.ts';
import { updatePhase } from '../../activities/pov/update-phase.ts';
import { findInstance } from '../../db/approvals/instances.query.ts';
import { listPhases, readPhase } from '../../db/pov/phases.query.ts';
import { seePov } from '../../db/pov/pov-scope.query.ts';
import type { Reader } from '../../db/platform/reader.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { phaseEndpoints } from '../../domain/pov/phase.contract.ts';
import type { Phase } from '../../domain/pov/phase.ts';
import { phaseApproval } from '../../domain/pov/phase-approval.ts';
import { serve } from '../platform/serve.ts';

export const phases = serve(phaseEndpoints, {
  list: async ({ params, query, read, actor }) => {
    await seePov(read, actor, params.id);
    return listPhases(read, params.id, query);
  },
  create: ({ params, body, run }) => run(createPhase, { ...body, povId: params.id }),
  reorder: ({ params, body, run }) => run(reorderPhases, { ...body, povId: params.id }),
  applyTemplate: ({ params, body, run }) => run(applyPhaseTemplate, { ...body, povId: params.id }),
  read: ({ params, read, actor }) => seePhase(read, actor, params),
  replace: ({ params, body, run }) => run(updatePhase, {
    description: null, details: null, ...body, povId: params.id, phaseId: params.phaseId, replaceDetails: true,
  }),
  update: ({ params, body, run }) => run(updatePhase, { ...body, povId: params.id, phaseId: params.phaseId }),
  delete: ({ params, run }) => run(deletePhase, { povId: params.id, phaseId: params.phaseId }),
  restore: ({ params, run }) => run(restorePhase, { povId: params.id, phaseId: params.phaseId }),
  submit: ({ params, body, run }) => run(submitPhase, { ...body, povId: params.id, phaseId: params.phaseId }),
  approval: async ({ params, read, actor }) => {
    const phase = await seePhase(read, actor, params);
    const instance = phase.approvalInstanceId ? await findInstance(read, phase.approvalInstanceId) : undefined;
    return phaseApproval(phase, instance ?? null);
  },
});

async function seePhase(read: Reader, actor: Actor, { id, phaseId }: { id: string; phaseId: string }): Promise<Phase> {
  await seePov(read, actor, id);
  const phase = await readPhase(read, id, phaseId);
  if (!phase) throw notFound();
  return phase;
}
