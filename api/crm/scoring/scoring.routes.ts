import { startScoring } from '../../../activities/crm/scoring/scoring-verbs.ts';
import { contactScore, latestRuns, previewScoring } from '../../../db/crm/scoring/scoring.query.ts';
import { invalidField, Refusal } from '../../../domain/platform/errors.ts';
import { leadScoring, scoringEndpoints } from '../../../domain/crm/scoring/scoring.contract.ts';
import { clockOf } from '../../platform/sandbox.routes.ts';
import { serve } from '../../platform/serve.ts';
import { steer } from '../../platform/steer.ts';

export const scoringRoutes = serve(scoringEndpoints, {
  score: ({ read, actor, params }) => contactScore(read, actor, params.id),
  preview: async ({ read, report, actor, body }) => {
    const now = Date.parse((await clockOf(read)).now);
    return previewScoring(report, { actor, now }, body).catch(ofBody);
  },
  runs: async ({ read }) => ({ items: await latestRuns(read) }),
  start: ({ run }) => run(startScoring, {}),
});

/** A condition that cannot be asked stands in the body, not in the address. */
function ofBody(e: unknown): never {
  const fault = e instanceof Refusal && e.details.fields?.[0];
  throw fault ? invalidField('rule/condition/where', fault.message) : e;
}

/** Scoring has no commands of its own: like every process it can be held, and goes on. */
export const scoringSteering = steer(leadScoring, {
  start: async ({ run }) => ({ entityId: (await run(startScoring, {})).id }),
  signals: {},
});
