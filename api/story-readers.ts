import type { EventRow } from '../db/platform/events.query.ts';
import type { Reader } from '../db/platform/reader.ts';
import type { Actor } from '../domain/platform/actor.ts';
import { approvalStory } from './approvals/approval-story.ts';
import { standInStory } from './approvals/index.ts';
import { scanStory } from './crm/duplicate/scan-story.ts';
import { crmStory } from './crm/index.ts';
import { scoringStory } from './crm/scoring/scoring-story.ts';
import { inventoryStory } from './inventory/index.ts';
import { povStory } from './pov/pov-story.ts';
import { requestStory } from './pov/request-story.ts';

/** Says of an area's records which of them the actor may read: who may read the record may see its events. */
export interface StoryReader {
  /** The record that must be readable: that of the event, or the one whose story it belongs to. */
  recordOf(event: Pick<EventRow, 'entityId' | 'storyId'>): string;
  readable(read: Reader, actor: Actor, ids: readonly string[]): Promise<Set<string>>;
  /** Events after which it must be asked anew, e.g. `pov.member.added`. */
  changedBy: readonly string[];
}

/**
 * Register: by the first word of the area's event names; one reader that says yes is enough. Events of an area without
 * a line are for administrators.
 */
export const storyReaders: Record<string, readonly StoryReader[]> = {
  crm: [crmStory, scanStory, scoringStory],
  inventory: [inventoryStory],
  pov: [povStory, requestStory],
  // An approval is seen by those it concerns, and by who may read what is to be approved.
  workflow: [approvalStory, povStory, standInStory],
};
