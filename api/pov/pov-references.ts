import { povOfPhase, readablePovs } from '../../db/pov/pov-scope.query.ts';
import type { ReferenceStory } from '../references.ts';

export const povReference: ReferenceStory = async (read, actor, id) =>
  (await readablePovs(read, actor, [id])).has(id) ? id : undefined;

export const phaseReference: ReferenceStory = async (read, actor, id) => {
  const povId = await povOfPhase(read, id);
  return povId && povReference(read, actor, povId);
};
