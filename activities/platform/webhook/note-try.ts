import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { Webhook, WebhookDelivery, WebhookMessage } from '../../../db/platform/webhook/webhook.entity.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { webhookDelivery, webhookTried } from '../../../domain/platform/webhook/webhook.contract.ts';
import { failingDaysMax, webhookStatuses, type WebhookStatus } from '../../../domain/platform/webhook/webhook.ts';
import { showProcedure } from '../process/show-procedure.ts';
import { noteTaken } from '../process/start-process.ts';
import { verb, type VerbContext } from '../verb.ts';

const ofMessage = z.object({ messageId: Id });
async function locked({ em }: VerbContext, id: string): Promise<[WebhookMessage, Webhook]> {
  const forMe = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
  const message = await em.findOne(WebhookMessage, { id }, forMe);
  const webhook = message && (await em.findOne(Webhook, { id: message.webhookId }, forMe));
  if (!message || !webhook) throw notFound();
  return [message, webhook];
}

/** Where a message stands before it is tried: queued, and who wants it is still there. */
export const beginTry = verb(
  {
    name: 'begin-try', needs: 'process', input: ofMessage, quiet: true,
    output: z.object({ state: z.enum(webhookStatuses), attempt: z.int() }),
  },
  async (ctx, { messageId }) => {
    const [message, { active }] = await locked(ctx, messageId);
    await noteTaken(ctx, webhookDelivery.id(messageId));
    const state: WebhookStatus = message.status === 'queued' && !active ? 'failed' : message.status;
    return { state, attempt: message.attempts + 1 };
  },
);

/** One try in the log, once; a webhook that took nothing for days is switched off (PLT-067). */
export const noteTry = verb(
  {
    name: 'note-try', needs: 'process', output: z.null(),
    input: ofMessage.extend({
      attempt: z.int(), taken: z.boolean(), gone: z.boolean(), statusCode: z.int().nullable(),
      problem: z.string().nullable(), durationMs: z.int(),
    }),
  },
  async (ctx, { messageId, attempt, taken, gone, problem, ...said }) => {
    const [message, webhook] = await locked(ctx, messageId);
    if (message.attempts >= attempt) return null;
    message.attempts = attempt;
    const { webhookId, eventName } = message;
    const cut = problem?.slice(0, 500) ?? null;
    const now = Date.now(), at = new Date(now);
    ctx.em.create(WebhookDelivery, { id: ctx.id(), webhookId, messageId, attempt, at, problem: cut, ...said });
    if (taken) Object.assign(webhook, { failingSince: null });
    else webhook.failingSince ??= at;
    const failingMs = webhook.failingSince ? now - +webhook.failingSince : 0;
    const off = gone ? 'It said that it is gone for good (410)'
      : failingMs > failingDaysMax * 86_400_000 ? `It took nothing for ${failingDaysMax} days` : null;
    if (off && webhook.active) Object.assign(webhook, { active: false, switchedOff: off });
    const outcome = taken ? 'taken' : (cut ?? 'not taken');
    ctx.emit(webhookTried, { messageId, webhookId, event: eventName, outcome });
    await shows(ctx, message, { status: taken ? 'delivered' : message.status, problem: cut });
    return null;
  },
);

/** What became of a message without a further try; one of which that is known already stays as it is. */
const ending = (name: string, status: WebhookStatus) =>
  verb({ name, needs: 'process', input: ofMessage, output: z.null() }, async (ctx, { messageId }) => {
    const [message] = await locked(ctx, messageId);
    if (message.status === 'queued') await shows(ctx, message, { status, problem: null });
    return null;
  });

/** A message that was taken, as the engine knows, though the database is older and does not: it does not go again. */
export const noteHeard = ending('note-heard', 'delivered');

/** A message that is not tried any more. */
export const giveUpMessage = ending('give-up-message', 'failed');

/** What the process of a message says of itself: over, or waiting for the next try. */
function shows(
  ctx: VerbContext, message: WebhookMessage, { status, problem }: { status: WebhookStatus; problem: string | null },
): Promise<void> {
  message.status = status;
  return showProcedure(ctx, webhookDelivery.id(message.id), {
    status, problem, open: status === 'queued',
    wait: {
      what: 'Waiting for the webhook to take the event', on: 'the webhook', since: +message.createdAt,
      then: 'it is sent again',
    },
  });
}
