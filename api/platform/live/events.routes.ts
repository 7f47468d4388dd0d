import { eventsAfter, eventsBefore, type EventRow } from '../../../db/platform/events.query.ts';
import type { Reader } from '../../../db/platform/reader.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import { eventEndpoints, type EventQuery } from '../../../domain/platform/event.contract.ts';
import { eventNames, EventSight, viewOf } from './event-sight.ts';
import { serve } from '../serve.ts';
import { openStream } from './stream.routes.ts';

/** Pages looked through for one answer, when most events are not the caller's to see. */
const pagesMax = 10;

export const eventRoutes = serve(eventEndpoints, {
  list: async ({ query, read, actor }) => {
    const { items, reached } = await seenOf(read, actor, query);
    const nextAfter = query.newest ? (items[0]?.position ?? query.after) : reached;
    return { items: items.map(viewOf), nextAfter };
  },
  stream: openStream,
});

/** The events that the actor may see, and the position that was read up to. */
async function seenOf(read: Reader, actor: Actor, query: EventQuery): Promise<{ items: EventRow[]; reached: number }> {
  const { limit, storyId, newest } = query;
  const names = eventNames(query.name);
  const sight = new EventSight();
  const items: EventRow[] = [];
  let reached = newest ? Number.MAX_SAFE_INTEGER : query.after;
  for (let page = 0; page < pagesMax && items.length < limit; page++) {
    const filter = { limit, names, storyId };
    const rows = newest
      ? await eventsBefore(read, { ...filter, before: reached })
      : await eventsAfter(read, { ...filter, after: reached });
    const seen = await sight.visible(read, actor, rows);
    const taken = seen.slice(0, limit - items.length);
    items.push(...taken);
    reached = (taken.length < seen.length ? taken.at(-1) : rows.at(-1))?.position ?? reached;
    if (rows.length < limit) break;
  }
  return { items, reached };
}
