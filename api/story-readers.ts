import type { Reader } from '../db/platform/reader.ts';
import type { Actor } from '../domain/platform/actor.ts';
import { approvalStory } from './approvals/approval-story.ts';
import { povStory } from './pov/pov-story.ts';

/** Says of an area's records which of them the actor may read: who may read the record may see its events. */
export interface StoryReader {
  readable(read: Reader, actor: Actor, storyIds: readonly string[]): Promise<Set<string>>;
  /** Events after which it must be asked anew, e.g. `pov.member.added`. */
  changedBy: readonly string[];
}

/** Register: by the first word of the area's event names. Events of an area without a line are for administrators. */
export const storyReaders: Record<string, StoryReader> = { pov: povStory, workflow: either(approvalStory, povStory) };

/** An approval belongs to the story of what is approved: who may read either may see its events. */
function either(...readers: StoryReader[]): StoryReader {
  return {
    readable: async (read, actor, ids) => {
      const found = await Promise.all(readers.map(r => r.readable(read, actor, ids)));
      return new Set(found.flatMap(f => [...f]));
    },
    changedBy: readers.flatMap(r => r.changedBy),
  };
}
