import { PovActivity } from '../../db/pov/pov-activity.entity.ts';
import type { PovActivityAction } from '../../domain/pov/pov-activity.ts';
import type { VerbContext } from '../platform/verb.ts';

/** Writes what was done with a POV, in the transaction that does it (POV-089). */
export function noteActivity(
  { em, id, actor }: VerbContext, povId: string, action: PovActivityAction, details: Record<string, unknown> = {},
): void {
  em.create(PovActivity, { id: id(), povId, userId: actor.userId, action, details });
}
