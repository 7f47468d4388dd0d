import { ApplicationFailure } from '@temporalio/common';
import { readerOf } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import type { WebhookStatus } from '../../../domain/platform/webhook/webhook.ts';
import { askOutside } from '../guarded-fetch.ts';
import { signatureOf } from '../identity/hook/signature.ts';
import { secrets } from '../secret-box.ts';
import { systemActor } from '../system-actor.ts';
import { run } from '../verb.ts';
import { beginTry, noteTry } from './note-try.ts';

const timeoutMs = 15_000;

/** The cipher text of a secret is good in its tenant alone. */
export const webhookSecretContext = (tenantId: string): string => `webhook ${tenantId}`;

interface Row {
  url: string;
  secretCipher: string;
  payload: object;
}
interface Said {
  statusCode: number | null;
  problem: string | null;
}

/**
 * Tells a webhook of an event and notes the try; throws where it was not taken, to be tried again. Told twice after a
 * crash, whoever gets it knows it by its id.
 */
export async function deliverWebhook(
  { tenantId, messageId }: { tenantId: string; messageId: string },
): Promise<WebhookStatus> {
  const caller = { actor: systemActor(tenantId) };
  const { state, attempt } = await run(beginTry, { messageId }, caller);
  if (state !== 'queued') return state;
  const row = await readerOf(tenantId).row<Row>(sql`select w.url, w.secret_cipher as "secretCipher", m.payload
    from webhook_message m join webhook w on w.id = m.webhook_id where m.id = ${messageId}`);
  const began = performance.now();
  const { statusCode, problem } = await told(tenantId, messageId, row!);
  const taken = problem === null, gone = statusCode === 410;
  const durationMs = Math.round(performance.now() - began);
  await run(noteTry, { messageId, attempt, taken, gone, statusCode, problem, durationMs }, caller);
  if (taken) return 'delivered';
  throw ApplicationFailure.retryable(problem, 'webhook-away');
}

async function told(tenantId: string, id: string, { url, secretCipher, payload }: Row): Promise<Said> {
  const secret = secrets().open(secretCipher, webhookSecretContext(tenantId));
  const body = JSON.stringify(payload);
  const timestamp = String(Math.floor(Date.now() / 1000));
  try {
    const answer = await askOutside(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json', 'user-agent': 'Throughline-Webhooks', 'webhook-id': id,
        'webhook-timestamp': timestamp,
        'webhook-signature': signatureOf({ id, timestamp, body: Buffer.from(body) }, secret),
      },
      body, signal: AbortSignal.timeout(timeoutMs),
    });
    return { statusCode: answer.status, problem: answer.ok ? null : `It answered ${answer.status}` };
  } catch (e) {
    return { statusCode: null, problem: e instanceof Error ? e.message : String(e) };
  }
}
