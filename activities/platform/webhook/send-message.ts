import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { WebhookMessage } from '../../../db/platform/webhook/webhook.entity.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { ById, Id } from '../../../domain/platform/id.ts';
import { iso } from '../../../domain/platform/process.ts';
import { webhookDelivery, webhookQueued } from '../../../domain/platform/webhook/webhook.contract.ts';
import { restartProcess, startProcess } from '../process/start-process.ts';
import { verb } from '../verb.ts';
import { lockWebhook } from './keep-webhook.ts';

const Told = z.object({ messageId: Id });
const titleOf = (event: string, url: string): string => `Webhook ${event} to ${new URL(url).host}`;

/** Sends an event that tells of nothing, to see whether it arrives (PLT-068). */
export const testWebhook = verb(
  { name: 'test-webhook', needs: 'webhook:update', input: ById, output: Told },
  async (ctx, { id: webhookId }) => {
    const { url, active } = await lockWebhook(ctx, webhookId);
    if (!active) throw new Refusal('conflict', 'It is switched off');
    const messageId = ctx.id(), event = 'webhook.test';
    const payload = { type: event, timestamp: iso(ctx.now), data: { summary: `${ctx.actor.name} tests this webhook` } };
    ctx.em.create(WebhookMessage, { id: messageId, webhookId, eventName: event, payload });
    await startProcess(ctx, webhookDelivery, messageId, { title: titleOf(event, url) });
    ctx.emit(webhookQueued, { messageId, webhookId, event });
    return { messageId };
  },
);

/** Sends a message again that was delivered or given up; whoever has it knows it by its id. */
export const redeliverWebhook = verb(
  {
    name: 'redeliver-webhook', needs: 'webhook:update', output: Told,
    input: z.object({ webhookId: Id.optional(), messageId: Id }),
  },
  async (ctx, { webhookId, messageId }) => {
    const where = { id: messageId, ...(webhookId ? { webhookId } : {}), deletedAt: null };
    const message = await ctx.em.findOne(WebhookMessage, where, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!message) throw notFound();
    const { url, active } = await lockWebhook(ctx, message.webhookId);
    if (!active) throw new Refusal('conflict', 'It is switched off');
    if (message.status === 'queued') throw new Refusal('conflict', 'It is being sent');
    message.status = 'queued';
    await restartProcess(ctx, webhookDelivery, messageId, { title: titleOf(message.eventName, url) });
    ctx.emit(webhookQueued, { messageId, webhookId: message.webhookId, event: message.eventName });
    return { messageId };
  },
);
