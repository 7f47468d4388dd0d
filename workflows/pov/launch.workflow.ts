import type { povVerbs } from '../../activities/pov/index.ts';
import type { ProcessInput } from '../../domain/platform/process.ts';
import { clockMoved } from '../../domain/platform/sandbox.contract.ts';
import { launchChecked, launchConfirmed, launchInitiated } from '../../domain/pov/launch.contract.ts';
import { povChanged, povDeleted, povRestored, statusChanged } from '../../domain/pov/pov.contract.ts';
import { verbs } from '../platform/verbs.ts';
import { watch } from '../platform/watch.ts';

const { lookAtLaunch, remindLauncher } = verbs<typeof povVerbs>();

const hears = [
  launchInitiated, launchChecked, launchConfirmed, povChanged, povDeleted, povRestored, statusChanged, clockMoved,
];

/**
 * The launch of a POV: waits until all items of its checklist are done and somebody confirms it, or until the POV is
 * over; on the day the POV should start its owner is reminded.
 */
export async function launch(input: ProcessInput): Promise<string> {
  return watch(input, lookAtLaunch, {
    remindLauncher: ({ launchId }) => remindLauncher({ launchId }),
  }, hears);
}
