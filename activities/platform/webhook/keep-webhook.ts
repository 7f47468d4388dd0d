import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { Webhook } from '../../../db/platform/webhook/webhook.entity.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { ById, Id } from '../../../domain/platform/id.ts';
import { webhookKept } from '../../../domain/platform/webhook/webhook.contract.ts';
import { CreateWebhook, PatchWebhook, webhooksMax } from '../../../domain/platform/webhook/webhook.ts';
import { verb, type VerbContext } from '../verb.ts';

/** A webhook that is there, for this transaction alone. */
export async function lockWebhook({ em }: VerbContext, id: string): Promise<Webhook> {
  const found = await em.findOne(Webhook, { id, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!found) throw notFound();
  return found;
}

export const createWebhook = verb(
  {
    name: 'create-webhook', needs: 'webhook:create', output: z.object({ id: Id }),
    input: CreateWebhook.omit({ secret: true }).extend({ secretCipher: z.string().max(1000) }),
  },
  async (ctx, fields) => {
    const { em, tenantId } = ctx;
    // New ones wait for each other: one could be the last that there is room for.
    await em.execute(`select pg_advisory_xact_lock(hashtextextended('webhooks ' || ?, 0))`, [tenantId]);
    if ((await em.count(Webhook, { deletedAt: null })) >= webhooksMax)
      throw new Refusal('conflict', `There are ${webhooksMax} webhooks already`);
    const { id } = em.create(Webhook, { id: ctx.id(), ...fields });
    ctx.emit(webhookKept, { webhookId: id, url: fields.url, what: 'added' });
    return { id };
  },
);

/** One that is made active again begins anew, whatever it missed. */
export const patchWebhook = verb(
  {
    name: 'patch-webhook', needs: 'webhook:update', output: z.object({}),
    input: z.object({ id: Id, fields: PatchWebhook }),
  },
  async (ctx, { id, fields }) => {
    const webhook = await lockWebhook(ctx, id);
    const begins = fields.active === true && !webhook.active;
    Object.assign(webhook, fields, begins ? { failingSince: null, switchedOff: null } : {});
    if (Object.keys(fields).length) ctx.emit(webhookKept, { webhookId: id, url: webhook.url, what: 'changed' });
    return {};
  },
);

export const removeWebhook = verb(
  { name: 'remove-webhook', needs: 'webhook:delete', input: ById, output: z.null() },
  async (ctx, { id }) => {
    const webhook = await lockWebhook(ctx, id);
    Object.assign(webhook, { deletedAt: new Date(ctx.now), active: false });
    ctx.emit(webhookKept, { webhookId: id, url: webhook.url, what: 'removed' });
    return null;
  },
);
