import { createPov } from '../../activities/pov/create-pov.ts';
import { transitionPov } from '../../activities/pov/transition-pov.ts';
import { readPov } from '../../db/pov/pov-detail.query.ts';
import { readPhaseTemplate } from '../../db/pov/phase-templates.query.ts';
import { visiblePovs } from '../../db/pov/pov-scope.query.ts';
import { sql } from '../../db/platform/sql.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { whyNotPov } from '../../domain/pov/pov-access.ts';
import { povLifecycle } from '../../domain/pov/pov-lifecycle.contract.ts';
import { rehearsePov } from '../../domain/pov/pov-rehearsal.ts';
import { clockOf } from '../platform/sandbox.routes.ts';
import { steer } from '../platform/steer.ts';

/** `signals/transition` and POST …/transitions are one verb; giving up is the move to LOST. */
export const povSteering = steer(povLifecycle, {
  start: async ({ run, body }) => ({ entityId: (await run(createPov, body)).id }),
  signals: {
    transition: ({ run, entityId, body }) => run(transitionPov, { ...body, povId: entityId }),
    cancel: ({ run, entityId, body }) => run(transitionPov, { to: 'LOST', reason: body.reason, povId: entityId }),
  },
  visible: actor => sql`exists (select 1 from pov v where v.id = p.entity_id and ${visiblePovs(actor, 'v')})`,
  whyNot: async (_name, { read, actor, entityId }) => {
    const pov = await readPov(read, actor, entityId);
    return pov
      ? (whyNotPov('transition', actor, { ownerId: pov.ownerId, members: pov.team?.members ?? [] }) ?? null)
      : 'There is no such POV';
  },
  simulate: async ({ read, actor, body }) => {
    const template = body.templateId ? await readPhaseTemplate(read, body.templateId) : null;
    if (template === undefined) throw new Refusal('not-found', 'Template not found');
    return rehearsePov(body, { template, ownerName: actor.name, now: Date.parse((await clockOf(read)).now) });
  },
});
