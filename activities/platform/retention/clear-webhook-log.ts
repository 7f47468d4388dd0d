import { z } from 'zod';
import { Tenant } from '../../../db/platform/tenant.entity.ts';
import { iso } from '../../../domain/platform/process.ts';
import { webhookLogDaysUsual } from '../../../domain/platform/settings.contract.ts';
import { webhookDelivery } from '../../../domain/platform/webhook/webhook.contract.ts';
import { verb } from '../verb.ts';
import { batch, dayMs } from './batch.ts';

/**
 * Removes a batch of old messages of webhooks, with their tries and their processes; one that is still being tried
 * stays, however old it is.
 */
export const clearWebhookLog = verb(
  { name: 'clear-webhook-log', needs: 'process', input: z.object({}), output: z.object({ removed: z.int() }) },
  async ({ em, tenantId, now, note }) => {
    const { settings } = await em.findOneOrFail(Tenant, { id: tenantId });
    const days = settings['webhookLogDays'];
    const before = iso(now - (typeof days === 'number' ? days : webhookLogDaysUsual) * dayMs);
    const [row] = await em.execute<{ removed: number }[]>(remove, [
      tenantId, before, before, batch, webhookDelivery.id(''),
    ]);
    const { removed } = row!;
    const newValues = { removed, before };
    if (removed > 0)
      note({ action: 'DELETE', tableName: 'webhook_message', recordId: null, oldValues: null, newValues });
    return { removed };
  },
);

const remove = `with old as (
    select id from webhook_message where tenant_id = ?::uuid and status <> 'queued'
      and created_at < ?::timestamptz and updated_at < ?::timestamptz
    order by created_at, id limit ? for update skip locked
  ), ended as (
    delete from process where status = 'closed' and workflow_id in (select ?::text || id from old)
  ), gone as (
    delete from webhook_message where id in (select id from old) returning 1
  )
  select count(*)::int as removed from gone`;
