import type { EntityManager } from '@mikro-orm/postgresql';
import type { z } from 'zod';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { processes } from '../../../domain/index.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import type { EventContract, Shape, Told } from '../../../domain/platform/contract.ts';
import { changeNote } from '../../../db/platform/cached.ts';
import { isRestarted, titleOf } from '../process/start-process.ts';
import { tellWebhooks } from './tell-webhooks.ts';
import { traceparent } from '../tracing/tracing.ts';

/** An event of the running verb, not yet written. */
export interface Emitted {
  name: string;
  payload: unknown;
  entityId: string;
  storyId: string;
  tells: Told[];
  summary: string;
  concerns: string[];
}

export function emitted<P extends Shape>(event: EventContract<P>, raw: z.input<P>): Emitted {
  const payload = event.payload.parse(raw);
  const entityId = event.entity(payload);
  return {
    name: event.name,
    payload,
    entityId,
    storyId: event.story?.(payload) ?? entityId,
    tells: event.tells?.(payload) ?? [],
    summary: event.says(payload),
    concerns: event.concerns?.(payload) ?? [],
  };
}

/**
 * The last thing before commit: locks the streams of the entity and of each told process in id order (no deadlock),
 * then draws outbox ids. So for each stream the order of ids, of seqs and of commits is one. All of it is one
 * statement, still under way when this answers.
 */
export function flushOutbox(em: EntityManager, actor: Actor, now: number, events: Emitted[]): void {
  if (!events.length) return;
  const counts = new Map<string, number>();
  const nextOf = (id: string): number => {
    counts.set(id, (counts.get(id) ?? 0) + 1);
    return counts.get(id)!;
  };
  const note = changeNote(
    actor.tenantId, [...new Set(events.map(e => e.storyId))], [...new Set(events.map(e => e.name))],
  );
  const rows = events.map(e => {
    const nth = new Map(streamsOf(e).map(id => [id, nextOf(id)]));
    const tells = e.tells.map(t => {
      const workflowId = workflowIdOf(t);
      const again = isRestarted(em, workflowId) || undefined;
      return { ...t, workflowId, seq: nth.get(keyOf(t.entityId)), title: titleOf(em, workflowId), again };
    });
    const { name, entityId, storyId, payload, summary, concerns } = e;
    return { name, entityId, storyId, seq: nth.get(keyOf(entityId)), payload, tells, summary, concerns };
  });
  transactionOf(em).behind(insertEvents, [
    actor.tenantId, JSON.stringify(rows), actor.key, actor.name, new Date(now).toISOString(), traceparent() ?? null,
    note.channel, note.text, [...counts.keys()], [...counts.values()],
  ]);
  tellWebhooks(em, actor, now, events);
}

/**
 * Each seq comes as the how many-th of its stream here, and is counted from where the stream stood. The sort waits for
 * all locks before the first id is drawn, and gives ids in the order in which the events were told.
 */
const insertEvents = `with wanted as (
    select id, n from unnest($9::uuid[], $10::bigint[]) as wanted (id, n)
  ), raised as (
    insert into stream (entity_id, tenant_id, seq) select id, $1::uuid, n from wanted order by id
    on conflict (entity_id) do update set seq = stream.seq + excluded.seq
    returning entity_id, seq
  ), stood as (
    select id, raised.seq - n as at from wanted join raised on raised.entity_id = id
  ), events as (
    insert into outbox_event (tenant_id, name, entity_id, story_id, seq, payload, tells, summary, concerns, actor,
      actor_name, at, traceparent)
    select $1::uuid, e.name, e."entityId", e."storyId", stood.at + e.seq, e.payload,
      (select coalesce(jsonb_agg(t || jsonb_build_object('seq', s.at + (t->>'seq')::bigint) order by place), '[]')
       from jsonb_array_elements(e.tells) with ordinality as told (t, place)
       join stood s on s.id = (t->>'entityId')::uuid),
      e.summary, e.concerns, $3::text, $4::text, $5::timestamptz, $6::text
    from rows from (jsonb_to_recordset($2::jsonb) as (name text, "entityId" uuid, "storyId" uuid, seq bigint,
      payload jsonb, tells jsonb, summary text, concerns uuid[])) with ordinality
      as e (name, "entityId", "storyId", seq, payload, tells, summary, concerns, nth)
    join stood on stood.id = e."entityId"
    order by nth)
  select pg_notify('outbox', ''), pg_notify($7, $8)`;

/** A caller may write a UUID in capitals; the database does not. */
const keyOf = (id: string): string => id.toLowerCase();
const streamsOf = (e: Emitted): string[] => [
  ...new Set([e.entityId, ...e.tells.map(t => t.entityId)].map(keyOf)),
];

function workflowIdOf(told: Told): string {
  const contract = processes.find(p => p.type === told.type);
  if (!contract) throw new Error(`Unknown process ${told.type}`);
  return contract.id(told.entityId);
}
