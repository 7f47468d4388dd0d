import { ActivityFailure, proxyActivities } from '@temporalio/workflow';
import type { platformVerbs } from '../../activities/platform/index.ts';
import type { platformTasks } from '../../activities/platform/tasks.ts';
import type { ProcessInput } from '../../domain/platform/process.ts';
import { webhookQueued } from '../../domain/platform/webhook/webhook.contract.ts';
import { say, sayEnded, startedBy } from './state.ts';
import { verbs } from './verbs.ts';

const { giveUpMessage } = verbs<typeof platformVerbs>();
/** 2 s, 8 s, 32 s, two minutes … twelve hours, for three days. */
const { deliverWebhook } = proxyActivities<typeof platformTasks>({
  startToCloseTimeout: '1m',
  heartbeatTimeout: '30s',
  scheduleToCloseTimeout: '3d',
  retry: { initialInterval: '2s', backoffCoefficient: 4, maximumInterval: '12h' },
});

/** Tells one event to one webhook: tries again with growing pauses until it is taken, or given up. */
export async function webhookDelivery({ tenantId, entityId: messageId }: ProcessInput): Promise<string> {
  startedBy(webhookQueued);
  say('Sending', {
    what: 'Waiting for the webhook to take the event',
    on: 'the webhook',
    forMs: 3 * 86_400_000,
    then: 'it is given up',
    person: false,
  });
  const state = await delivered(tenantId, messageId);
  if (state === 'failed') await giveUpMessage({ messageId });
  sayEnded(state);
  return state;
}

async function delivered(tenantId: string, messageId: string): Promise<string> {
  try {
    return await deliverWebhook({ tenantId, messageId });
  } catch (e) {
    if (e instanceof ActivityFailure) return 'failed';
    throw e;
  }
}
