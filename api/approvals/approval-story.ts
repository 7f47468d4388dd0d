import { readableInstances } from '../../db/approvals/instances.query.ts';
import { instanceStarted, stepAdded } from '../../domain/approvals/instance.contract.ts';
import type { StoryReader } from '../story-readers.ts';

/** Who may see an approval may see its events; not those of other approvals in the same story. */
export const approvalStory: StoryReader = {
  recordOf: event => event.entityId,
  readable: readableInstances,
  changedBy: [instanceStarted.name, stepAdded.name],
};
