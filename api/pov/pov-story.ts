import { readablePovs } from '../../db/pov/pov-scope.query.ts';
import { memberAdded, memberChanged, memberRemoved, ownerChanged } from '../../domain/pov/team-member.contract.ts';
import type { StoryReader } from '../story-readers.ts';

/** Who may read a POV may see its events. */
export const povStory: StoryReader = {
  recordOf: event => event.storyId,
  readable: readablePovs,
  changedBy: [memberAdded.name, memberChanged.name, memberRemoved.name, ownerChanged.name],
};
