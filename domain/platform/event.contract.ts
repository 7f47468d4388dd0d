import { z } from 'zod';
import { Instant } from './clock.ts';
import { endpoint } from './contract.ts';
import { Id } from './id.ts';

/** An event as readers see it. `position` counts over the whole installation, so a tenant sees gaps in it. */
export const EventView = z
  .object({
    position: z.int().meta({ example: 4711 }),
    name: z.string().meta({ example: 'pov.status.changed' }),
    aliases: z.array(z.string()).meta({ description: 'Other names that subscribers know it by' }),
    at: Instant,
    actor: z.string().meta({ description: 'user:<id>, process:<workflow id> or system' }),
    actorName: z.string(),
    entityId: Id.meta({ description: 'The record that changed' }),
    storyId: Id.meta({ description: 'The record in whose timeline it belongs' }),
    summary: z.string().meta({ description: 'What the actor did, in the past tense' }),
    payload: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'Event' });
export type EventView = z.output<typeof EventView>;

const position = (field: string) =>
  z.preprocess(
    v => (typeof v === 'string' && /^\d+$/.test(v) ? Number(v) : v),
    z.number(`${field} must be a position`).int(`${field} must be a position`).min(0).max(Number.MAX_SAFE_INTEGER),
  );

export const EventQuery = z.object({
  after: position('after').default(0).meta({ description: 'Position of the last event you have' }),
  limit: z
    .preprocess(
      v => (typeof v === 'string' && /^\d+$/.test(v) ? Number(v) : v),
      z.number('limit must be a whole number').int().min(1),
    )
    .default(100)
    .transform(n => Math.min(n, 500)),
  name: z
    .string()
    .max(500)
    .optional()
    .meta({ description: 'Names or aliases, separated by commas; pov.* for all of an area' }),
  storyId: Id.optional(),
  newest: z
    .enum(['true', 'false'])
    .transform(v => v === 'true')
    .optional()
    .meta({ description: 'true: the last ones, newest first, whatever `after` says' }),
});
export type EventQuery = z.output<typeof EventQuery>;

/** What happened, to read again and to follow (PLT-066). */
export const eventEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/api/events',
    needs: 'signed-in',
    query: EventQuery,
    returns: z.object({
      items: z.array(EventView),
      nextAfter: z.int().meta({ description: 'Ask again with this as `after`' }),
    }),
    summary: 'Events after a position, oldest first, or the newest: only those about what you may read',
  }),
  stream: endpoint({
    method: 'GET',
    path: '/api/stream',
    needs: 'signed-in',
    raw: 'text/event-stream',
    returns: z.void(),
    query: z.object({
      after: position('after').optional().meta({ description: 'Instead of the header Last-Event-ID' }),
    }),
    summary: 'Events as they happen, as server-sent events; resumes by Last-Event-ID',
  }),
};
