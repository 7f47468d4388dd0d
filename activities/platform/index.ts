import { finishAdvance, stepClock } from './advance-clock.ts';
import { notify } from './notify.ts';
import { parkInput } from './park-input.ts';

/** Register: the verbs of the platform that workflows may ask for. */
export const platformVerbs = { parkInput, notify, stepClock, finishAdvance };
