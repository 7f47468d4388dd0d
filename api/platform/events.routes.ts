import { eventsAfter } from '../../db/platform/events.query.ts';
import { eventEndpoints } from '../../domain/platform/event.contract.ts';
import { eventNames, EventSight, viewOf } from './event-sight.ts';
import { serve } from './serve.ts';
import { openStream } from './stream.routes.ts';

/** Pages looked through for one answer, when most events are not the caller's to see. */
const pagesMax = 10;

export const eventRoutes = serve(eventEndpoints, {
  list: async ({ query, read, actor }) => {
    const { limit, storyId } = query;
    const names = eventNames(query.name);
    const sight = new EventSight();
    const items = [];
    let after = query.after;
    for (let page = 0; page < pagesMax && items.length < limit; page++) {
      const rows = await eventsAfter(read, { after, limit, names, storyId });
      const seen = await sight.visible(read, actor, rows);
      const taken = seen.slice(0, limit - items.length);
      items.push(...taken.map(viewOf));
      after = (taken.length < seen.length ? taken.at(-1) : rows.at(-1))?.position ?? after;
      if (rows.length < limit) break;
    }
    return { items, nextAfter: after };
  },
  stream: openStream,
});
