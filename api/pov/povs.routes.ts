import { changePovOwner } from '../../activities/pov/change-pov-owner.ts';
import { createPov } from '../../activities/pov/create-pov.ts';
import { deletePov } from '../../activities/pov/delete-pov.ts';
import { restorePov } from '../../activities/pov/restore-pov.ts';
import { transitionPov } from '../../activities/pov/transition-pov.ts';
import { updatePov } from '../../activities/pov/update-pov.ts';
import { cached } from '../../db/platform/cached.ts';
import { listPovActivities } from '../../db/pov/pov-activities.query.ts';
import { readPov, readTransitionFacts } from '../../db/pov/pov-detail.query.ts';
import { povHistory } from '../../db/pov/pov-history.query.ts';
import { povScope, seePov } from '../../db/pov/pov-scope.query.ts';
import { listPovs, povBoard, povFigures } from '../../db/pov/povs.query.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { povEndpoints } from '../../domain/pov/pov.contract.ts';
import { blankPov } from '../../domain/pov/pov.ts';
import { allowedTransitions } from '../../domain/pov/pov-transition.ts';
import { serve } from '../platform/serve.ts';

/** For how long figures of the dashboard are good that nobody changed (PLT-101). */
const dashboardSeconds = 30;

export const povs = serve(povEndpoints, {
  list: ({ query, read, actor }) => listPovs(read, actor, query),
  board: async ({ query, read, actor }) => ({ columns: await povBoard(read, actor, query) }),
  figures: async ({ read, actor }) => {
    const { tenantId, userId } = actor;
    const key = { tenantId, follows: ['pov.', 'verb:'], name: 'pov figures', of: [povScope(actor), userId] };
    return { byStatus: await cached(key, dashboardSeconds, () => povFigures(read, actor)) };
  },
  create: async ({ body, run }) => ({ data: await run(createPov, body) }),
  read: async ({ params, read, actor }) => {
    const pov = await readPov(read, actor, params.id);
    if (!pov) throw notFound();
    return pov;
  },
  replace: ({ params, body, run }) => run(updatePov, { ...blankPov, ...body, povId: params.id }),
  update: ({ params, body, run }) => run(updatePov, { ...body, povId: params.id }),
  delete: ({ params, run }) => run(deletePov, params),
  restore: ({ params, run }) => run(restorePov, params),
  history: async ({ params, read, actor }) => {
    await seePov(read, actor, params.id);
    return povHistory(read, params.id);
  },
  changeOwner: ({ params, body, run }) => run(changePovOwner, { ...body, povId: params.id }),
  transitions: async ({ params, query, read, actor }) => {
    const facts = await readTransitionFacts(read, actor, params.id);
    if (!facts) throw notFound();
    return { status: facts.status, transitions: await allowedTransitions(facts, query.reason ?? null) };
  },
  transition: ({ params, body, run }) => run(transitionPov, { ...body, povId: params.id }),
  activities: async ({ params, query, read, actor }) => {
    await seePov(read, actor, params.id);
    return listPovActivities(read, params.id, query);
  },
});
