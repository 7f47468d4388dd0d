import { confirmLaunch } from '../../activities/pov/launch/confirm-launch.ts';
import { initiateLaunch } from '../../activities/pov/launch/initiate-launch.ts';
import { updateLaunchChecklist } from '../../activities/pov/launch/update-launch-checklist.ts';
import { povIdOfLaunch, readLaunch } from '../../db/pov/launches.query.ts';
import { readPov } from '../../db/pov/pov-detail.query.ts';
import { visiblePovs } from '../../db/pov/pov-scope.query.ts';
import { sql } from '../../db/platform/sql.ts';
import { launchProcess } from '../../domain/pov/launch.contract.ts';
import { whyNotConfirm, whyNotTick } from '../../domain/pov/launch.ts';
import { whyNotPov } from '../../domain/pov/pov-access.ts';
import { steer } from '../platform/steer.ts';

/** The same verbs as the endpoints below /api/povs/:id/launch. */
export const launchSteering = steer(launchProcess, {
  start: async ({ run, body }) => ({ entityId: (await run(initiateLaunch, body)).id }),
  signals: {
    updateItems: ({ run, entityId, body }) =>
      run(updateLaunchChecklist, { launch: { launchId: entityId }, ticks: body }),
    confirm: ({ run, entityId, body }) => run(confirmLaunch, { ...body, launch: { launchId: entityId } }),
  },
  visible: actor => sql`exists (select 1 from pov_launch l join pov v on v.id = l.pov_id
    where l.id = p.entity_id and ${visiblePovs(actor, 'v')})`,
  whyNot: async (name, { read, actor, entityId }) => {
    const povId = await povIdOfLaunch(read, entityId);
    const pov = povId && (await readPov(read, actor, povId));
    const launch = povId && (await readLaunch(read, povId));
    if (!pov || !launch) return 'There is no such launch';
    const team = { ownerId: pov.ownerId, members: pov.team?.members ?? [] };
    return (
      whyNotPov('launch', actor, team) ?? (name === 'confirm' ? whyNotConfirm(launch) : whyNotTick(launch)) ?? null
    );
  },
});
