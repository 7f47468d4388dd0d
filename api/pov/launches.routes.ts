import { confirmLaunch } from '../../activities/pov/launch/confirm-launch.ts';
import { initiateLaunch } from '../../activities/pov/launch/initiate-launch.ts';
import { updateLaunchChecklist } from '../../activities/pov/launch/update-launch-checklist.ts';
import { readLaunch } from '../../db/pov/launches.query.ts';
import { seePov } from '../../db/pov/pov-scope.query.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { launchEndpoints } from '../../domain/pov/launch.contract.ts';
import { serve } from '../platform/serve.ts';

export const launches = serve(launchEndpoints, {
  initiate: ({ params, run }) => run(initiateLaunch, { povId: params.id }),
  read: async ({ params, read, actor }) => {
    await seePov(read, actor, params.id);
    const launch = await readLaunch(read, params.id);
    if (!launch) throw notFound();
    return launch;
  },
  updateChecklist: ({ params, body, run }) => run(updateLaunchChecklist, { launch: { povId: params.id }, ticks: body }),
  confirm: ({ params, body, run }) => run(confirmLaunch, { ...body, launch: { povId: params.id } }),
});
