import type { EntityManager } from '@mikro-orm/postgresql';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { events as known } from '../../../domain/index.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import { webhookDelivery, webhookEvents, webhookQueued } from '../../../domain/platform/webhook/webhook.contract.ts';
import { namesOf } from '../../../domain/platform/webhook/webhook.ts';
import type { Emitted } from './outbox.ts';

const contracts = new Map(known.map(e => [e.name, e]));
const own = new Set<string>(webhookEvents.map(e => e.name));

/**
 * Writes a message, with its process, for each webhook that wants an event: one statement for all of a transaction, and
 * nothing is waited for. What concerns single people stays inside.
 */
export function tellWebhooks(em: EntityManager, actor: Actor, now: number, events: readonly Emitted[]): void {
  const at = new Date(now).toISOString();
  const told = events.filter(e => !own.has(e.name) && !(e.name.startsWith('platform.') && e.concerns.length));
  if (!told.length) return;
  const sent = told.map(({ name, payload, entityId, storyId, summary }) => {
    const { aliases = [], hides = [] } = contracts.get(name) ?? {};
    const shown = Object.entries(payload as object).filter(([field]) => !hides.includes(field));
    const data = { entityId, storyId, actor: actor.name, summary, payload: Object.fromEntries(shown) };
    return { name, names: namesOf(name, aliases), body: { type: name, timestamp: at, data } };
  });
  transactionOf(em).behind(insert, [
    actor.tenantId, JSON.stringify(sent), at, actor.key, actor.name, webhookDelivery.type, webhookDelivery.id(''),
    webhookDelivery.entityType, webhookQueued.name, actor.kind === 'process',
  ]);
}

/**
 * What a process tells has the id of the n-th time that this webhook is told the same: where the database is older than
 * the world outside, and a process does again what the database has lost, it is known by its id. What people do is new
 * each time.
 */
const insert = `with told as (
    select e.name, e.names, e.body, e.body->'data' as data,
      row_number() over (partition by e.name, e.body->'data' order by e.place desc) - 1 as behind
    from rows from (jsonb_to_recordset($2::jsonb) as (name text, names text[], body jsonb)) with ordinality
      as e (name, names, body, place)
  ), wanted as (
    select w.id as webhook_id, w.url, e.name, e.body, case when $10::boolean then (
      select overlay(overlay(left(encode(sha256(convert_to(said, 'UTF8')), 'hex'), 32) placing '8' from 13 for 1)
        placing 'a' from 17 for 1)::uuid
      from (select jsonb_build_array(w.id, e.name, e.data, count(*) - e.behind)::text as said from outbox_event o
        where o.tenant_id = $1::uuid and o.entity_id = (e.data->>'entityId')::uuid and o.name = e.name
          and o.summary = e.data->>'summary' and o.payload @> (e.data->'payload')) nth
      ) else gen_random_uuid() end as id
    from told e
    join webhook w on w.tenant_id = $1::uuid and w.active and w.deleted_at is null and w.events && e.names
  ), message as (
    insert into webhook_message (id, tenant_id, created_at, updated_at, webhook_id, event_name, payload)
    select id, $1::uuid, $3::timestamptz, $3::timestamptz, webhook_id, name, body from wanted
  ), streams as (
    insert into stream (entity_id, tenant_id, seq) select id, $1::uuid, 1 from wanted
  ), processes as (
    insert into process (workflow_id, tenant_id, type, entity_type, entity_id, title, status, future, started_at)
    select $7::text || id, $1::uuid, $6::text, $8::text, id,
      left('Webhook ' || name || ' to ' || split_part(split_part(url, '/', 3), '?', 1), 300), 'starting', '[]',
      $3::timestamptz from wanted
  )
  insert into outbox_event (tenant_id, name, entity_id, story_id, seq, payload, tells, summary, concerns, actor,
    actor_name, at)
  select $1::uuid, $9::text, id, webhook_id, 1,
    jsonb_build_object('messageId', id, 'webhookId', webhook_id, 'event', name),
    jsonb_build_array(jsonb_build_object('type', $6::text, 'entityId', id, 'workflowId', $7::text || id, 'seq', 1)),
    'queued ' || name || ' for a webhook', '{}', $4::text, $5::text, $3::timestamptz from wanted`;
