import { ActivityFailure, ApplicationFailure, proxyActivities } from '@temporalio/workflow';
import type { crmVerbs } from '../../activities/crm/index.ts';
import type { crmTasks } from '../../activities/crm/tasks.ts';
import { enrichmentAsked } from '../../domain/crm/enrichment/enrichment.contract.ts';
import type { ProcessInput } from '../../domain/platform/process.ts';
import { say, sayEnded, startedBy } from '../platform/state.ts';
import { verbs } from '../platform/verbs.ts';

const { failEnrichment } = verbs<typeof crmVerbs>();
/** 2 s, 6 s, 18 s … ten minutes, or what the service asks for; whoever waits for it waits no longer than an hour. */
const { lookUpCompany } = proxyActivities<typeof crmTasks>({
  startToCloseTimeout: '20s',
  scheduleToCloseTimeout: '1h',
  retry: { initialInterval: '2s', backoffCoefficient: 3, maximumInterval: '10m' },
});

/** Asks what is known of one account; what was found stands as proposals in the database. */
export async function enrichment({ tenantId, entityId: enrichmentId }: ProcessInput): Promise<string> {
  startedBy(enrichmentAsked);
  say('Asking', {
    what: 'Waiting for the service to say what it knows',
    on: 'the service',
    forMs: 3_600_000,
    then: 'it is given up',
    person: false,
  });
  const status = await lookedUp(tenantId, enrichmentId);
  sayEnded(status);
  return status;
}

async function lookedUp(tenantId: string, enrichmentId: string): Promise<string> {
  try {
    return await lookUpCompany({ tenantId, enrichmentId });
  } catch (e) {
    if (!(e instanceof ActivityFailure)) throw e;
    const refused = e.cause instanceof ApplicationFailure && e.cause.nonRetryable ? e.cause.message : null;
    return (await failEnrichment({ enrichmentId, problem: refused })).status;
  }
}
