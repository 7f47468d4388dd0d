import { readableStories } from '../../db/approvals/instances.query.ts';
import { instanceStarted, stepAdded } from '../../domain/approvals/instance.contract.ts';
import type { StoryReader } from '../story-readers.ts';

/** Who may see an approval may see the events of its story that tell of approvals. */
export const approvalStory: StoryReader = {
  readable: readableStories,
  changedBy: [instanceStarted.name, stepAdded.name],
};
