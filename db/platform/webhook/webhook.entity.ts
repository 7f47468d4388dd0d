import { defineEntity, p } from '@mikro-orm/core';
import { webhookStatuses, type WebhookStatus } from '../../../domain/platform/webhook/webhook.ts';
import type { JsonObject } from '../../../domain/platform/field.ts';
import { oneOf, owned, tenantOwned } from '../columns.ts';

/** Somebody outside who is told of events (PLT-067); the secret is cipher text. */
const WebhookSchema = defineEntity({
  name: 'Webhook',
  tableName: 'webhook',
  properties: {
    ...owned(),
    url: p.string().length(500),
    description: p.string().length(200).nullable(),
    events: p.array<string>().columnType('text[]').default([]),
    active: p.boolean().default(true),
    secretCipher: p.text(),
    failingSince: p.datetime().nullable(),
    switchedOff: p.string().length(500).nullable(),
  },
  indexes: [{ properties: ['tenantId', 'createdAt', 'id'] }],
  ...tenantOwned,
});
export class Webhook extends WebhookSchema.class {}
WebhookSchema.setClass(Webhook);

/** One event for one of them. */
const WebhookMessageSchema = defineEntity({
  name: 'WebhookMessage',
  tableName: 'webhook_message',
  properties: {
    ...owned(),
    webhookId: p.uuid(),
    eventName: p.string().length(100),
    payload: p.json<JsonObject>(),
    status: p.string().$type<WebhookStatus>().length(20).default('queued'),
    attempts: p.integer().default(0),
  },
  indexes: [{ properties: ['tenantId', 'createdAt', 'id'] }, { properties: ['tenantId', 'webhookId'] }],
  checks: [{ name: 'webhook_message_status_check', expression: oneOf('status', webhookStatuses) }],
  ...tenantOwned,
});
export class WebhookMessage extends WebhookMessageSchema.class {}
WebhookMessageSchema.setClass(WebhookMessage);

/** One try to tell of it. */
const WebhookDeliverySchema = defineEntity({
  name: 'WebhookDelivery',
  tableName: 'webhook_delivery',
  properties: {
    ...owned(),
    webhookId: p.uuid(),
    messageId: p.uuid(),
    attempt: p.integer(),
    /** By the machine's clock: the world outside knows no other. */
    at: p.datetime(),
    statusCode: p.integer().nullable(),
    problem: p.string().length(500).nullable(),
    durationMs: p.integer(),
  },
  uniques: [{ properties: ['tenantId', 'messageId', 'attempt'], name: 'webhook_delivery_message_id_attempt_unique' }],
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'webhookId'] },
    { properties: ['tenantId', 'messageId'] },
  ],
  ...tenantOwned,
});
export class WebhookDelivery extends WebhookDeliverySchema.class {}
WebhookDeliverySchema.setClass(WebhookDelivery);
