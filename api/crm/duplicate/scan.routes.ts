import { decideDuplicate, startDuplicateScan } from '../../../activities/crm/duplicate/scan-verbs.ts';
import { latestScans, listPairs } from '../../../db/crm/duplicate/pairs.query.ts';
import { duplicateScan, scanEndpoints } from '../../../domain/crm/duplicate/scan.contract.ts';
import { serve } from '../../platform/serve.ts';
import { steer } from '../../platform/steer.ts';

export const scanRoutes = serve(scanEndpoints, {
  pairs: ({ read, actor, query }) => listPairs(read, actor, query),
  decide: ({ run, params, body }) => run(decideDuplicate, { ...body, id: params.id }),
  scans: async ({ read }) => ({ items: await latestScans(read) }),
  start: ({ run }) => run(startDuplicateScan, {}),
});

/** A scan has no commands of its own: like every process it can be held, and goes on. */
export const scanSteering = steer(duplicateScan, {
  start: async ({ run }) => ({ entityId: (await run(startDuplicateScan, {})).id }),
  signals: {},
});
