import { z } from 'zod';
import { endpoint, event, Nothing } from '../contract.ts';
import { ById, Id } from '../id.ts';
import { grant, type PermissionGrid } from '../permission.ts';
import { processContract } from '../process.ts';
import { CreateWebhook, PatchWebhook, Webhook, WebhookDelivery } from './webhook.ts';

const path = '/api/webhooks', one = `${path}/:id`;
const whole = (max: number) =>
  z.preprocess(v => (typeof v === 'string' && /^\d+$/.test(v) ? Number(v) : v), z.int().min(1).max(max));
const Told = z.object({ messageId: Id }).meta({ id: 'WebhookMessage' });

/** PLT-068. */
export const webhookEndpoints = {
  list: endpoint({
    method: 'GET', path, needs: 'webhook:read', returns: z.object({ items: z.array(Webhook) }),
    summary: 'Who outside is told of events',
  }),
  create: endpoint({
    method: 'POST', path, needs: 'webhook:create', body: CreateWebhook, status: 201,
    returns: Webhook.extend({ secret: z.string().meta({ example: 'whsec_…' }) }).meta({ id: 'NewWebhook' }),
    summary: 'Tell somebody of events; the secret that each message is signed with is shown this once',
  }),
  patch: endpoint({
    method: 'PATCH', path: one, needs: 'webhook:update', params: ById, body: PatchWebhook, returns: Webhook,
    summary: 'Change some fields: webhook; made active again, it begins anew',
  }),
  remove: endpoint({
    method: 'DELETE', path: one, needs: 'webhook:delete', params: ById, returns: Nothing, status: 204,
    summary: 'Tell nothing there any more',
  }),
  deliveries: endpoint({
    method: 'GET', path: `${one}/deliveries`, needs: 'webhook:read', params: ById,
    query: z.object({ limit: whole(500).default(50) }), returns: z.object({ items: z.array(WebhookDelivery) }),
    summary: 'What was tried there, newest first: one row for each try',
  }),
  test: endpoint({
    method: 'POST', path: `${one}/test`, needs: 'webhook:update', params: ById, returns: Told, status: 202,
    summary: 'Send the event webhook.test',
  }),
  redeliver: endpoint({
    method: 'POST', path: `${one}/messages/:messageId/redelivery`, needs: 'webhook:update',
    params: ById.extend({ messageId: Id }), returns: Told, status: 202,
    summary: 'Send a message again that was delivered or given up',
  }),
};

/** Tells one event to one webhook. It follows the machine's time: the world outside knows no sandbox clock. */
export const webhookDelivery = processContract({
  type: 'webhookDelivery',
  entityType: 'webhook-message',
  summary: 'Tells one event to one webhook, again with growing pauses until it is taken',
  id: messageId => `webhook-${messageId}`,
  reads: 'webhook:read',
  start: {
    needs: 'webhook:update',
    body: z.object({ messageId: Id.meta({ description: 'A message that was delivered or given up' }) }),
  },
  signals: {},
});

const about = z.object({ messageId: Id, webhookId: Id, event: z.string() });
/** Of these nobody outside is told: each would bring about the next. */
export const webhookQueued = event({
  name: 'platform.webhook.queued',
  payload: about,
  entity: p => p.messageId,
  story: p => p.webhookId,
  tells: p => [{ type: 'webhookDelivery', entityId: p.messageId }],
  says: p => `queued ${p.event} for a webhook`,
});
export const webhookTried = event({
  name: 'platform.webhook.tried',
  payload: about.extend({ outcome: z.string() }),
  // Not the message: its process is done with what it tells itself.
  entity: p => p.webhookId,
  says: p => `told ${p.event} to a webhook: ${p.outcome}`,
});
export const webhookKept = event({
  name: 'platform.webhook.kept',
  payload: z.object({ webhookId: Id, url: z.string(), what: z.string() }),
  entity: p => p.webhookId,
  says: p => `${p.what} the webhook ${p.url}`,
});
export const webhookEvents = [webhookQueued, webhookTried, webhookKept];

export const webhookPermissions = {
  webhook: { read: grant.admins, create: grant.admins, update: grant.admins, delete: grant.admins },
} satisfies PermissionGrid;
