import type { Reader } from '../db/platform/reader.ts';
import type { Actor } from '../domain/platform/actor.ts';
import { phaseReference, povReference } from './pov/pov-references.ts';

/** The record in whose story an approval of the referenced thing belongs; undefined if the actor may not see it. */
export type ReferenceStory = (read: Reader, actor: Actor, id: string) => Promise<string | undefined>;

/** Register: by `referenceType`, of the things that an area knows. */
export const references = new Map<string, ReferenceStory>([
  ['pov', povReference],
  ['phase', phaseReference],
]);
