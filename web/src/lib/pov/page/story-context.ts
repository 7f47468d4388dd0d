import { getContext, setContext } from 'svelte';
import type { FutureEntry } from '#domain/platform/process.ts';
import type { StoryEntry } from './pov-story.ts';

/** What was and what is to come of the open POV, for its tabs. */
export interface PovTale {
  entries: () => StoryEntry[];
  future: () => FutureEntry[];
}
const key = Symbol('story');
export const provideStory = (tale: PovTale): PovTale => setContext(key, tale);
export const useStory = (): PovTale => getContext<PovTale>(key);
