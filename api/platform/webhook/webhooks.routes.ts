import { writtenSecret } from '../../../activities/platform/identity/hook/signature.ts';
import { secrets } from '../../../activities/platform/secret-box.ts';
import { webhookSecretContext } from '../../../activities/platform/webhook/deliver-webhook.ts';
import { createWebhook, patchWebhook, removeWebhook } from '../../../activities/platform/webhook/keep-webhook.ts';
import { redeliverWebhook, testWebhook } from '../../../activities/platform/webhook/send-message.ts';
import type { Reader } from '../../../db/platform/reader.ts';
import { deliveriesTo, webhookById, webhooksThere } from '../../../db/platform/webhook/webhooks.query.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { webhookEndpoints } from '../../../domain/platform/webhook/webhook.contract.ts';
import type { Webhook } from '../../../domain/platform/webhook/webhook.ts';
import { assertOutside } from './outside-address.ts';
import { seedOf } from '../identity/session.ts';
import { serve } from '../serve.ts';

async function found(read: Reader, id: string): Promise<Webhook> {
  const webhook = await webhookById(read, id);
  if (!webhook) throw notFound();
  return webhook;
}

export const webhookRoutes = serve(webhookEndpoints, {
  list: async ({ read }) => ({ items: await webhooksThere(read) }),
  create: async ({ body: { secret: given, ...body }, run, read, req, res, actor, services: { config } }) => {
    assertOutside(body.url, 'url', config);
    const secret = given ?? writtenSecret(seedOf(req, actor, config));
    const secretCipher = secrets().seal(secret, webhookSecretContext(actor.tenantId));
    const { id } = await run(createWebhook, { ...body, secretCipher });
    res.set('Cache-Control', 'no-store');
    return { ...(await found(read, id)), secret };
  },
  patch: async ({ params: { id }, body, run, read, services: { config } }) => {
    assertOutside(body.url, 'url', config);
    await run(patchWebhook, { id, fields: body });
    return found(read, id);
  },
  remove: async ({ params, run }) => {
    await run(removeWebhook, params);
    return {};
  },
  deliveries: async ({ params: { id }, query: { limit }, read }) => {
    await found(read, id);
    return { items: await deliveriesTo(read, id, limit) };
  },
  test: ({ params, run }) => run(testWebhook, params),
  redeliver: ({ params: { id, messageId }, run }) => run(redeliverWebhook, { webhookId: id, messageId }),
});
