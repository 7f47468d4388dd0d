import { ActivityFailure, proxyActivities } from '@temporalio/workflow';
import type { platformTasks } from '../../activities/platform/tasks.ts';
import type { platformVerbs } from '../../activities/platform/index.ts';
import { mailQueued } from '../../domain/platform/mail.contract.ts';
import type { ProcessInput } from '../../domain/platform/process.ts';
import { say, sayEnded, startedBy } from './state.ts';
import { verbs } from './verbs.ts';

const { noteMail } = verbs<typeof platformVerbs>();
/** A mail that a whole day could not deliver would only surprise its reader. */
const { deliverMail } = proxyActivities<typeof platformTasks>({
  startToCloseTimeout: '2m',
  heartbeatTimeout: '30s',
  scheduleToCloseTimeout: '1d',
  retry: { initialInterval: '5s', backoffCoefficient: 2, maximumInterval: '10m' },
});

/** Sends one mail: tries again while the server is away, never once the text was handed over. */
export async function sendMail({ tenantId, entityId: mailId }: ProcessInput): Promise<string> {
  startedBy(mailQueued);
  say('Sending', {
    what: 'Waiting for the mail server to take the mail',
    on: 'the mail server',
    forMs: 86_400_000,
    then: 'it is given up',
    person: false,
  });
  const { status, problem } = await delivered(tenantId, mailId);
  await noteMail({ mailId, status, problem });
  sayEnded(status);
  return status;
}

async function delivered(tenantId: string, mailId: string): Promise<Awaited<ReturnType<typeof deliverMail>>> {
  try {
    return await deliverMail({ tenantId, mailId });
  } catch (e) {
    if (e instanceof ActivityFailure) return { status: 'not-sent', problem: e.cause?.message ?? e.message };
    throw e;
  }
}
