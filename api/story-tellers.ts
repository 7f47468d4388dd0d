import type { TimelineTeller } from '../db/crm/timeline-line.ts';
import { povEvents } from '../db/pov/pov-timeline.query.ts';

/** Register: what areas to the right of the CRM tell in the stories of its accounts, contacts and opportunities. */
export const storyTellers: readonly TimelineTeller[] = [povEvents];
