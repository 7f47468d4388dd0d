import type { EntityName } from '@mikro-orm/core';
import { Milestone } from '../../db/pov/milestone.entity.ts';
import { PovKpi } from '../../db/pov/pov-kpi.entity.ts';
import { PovLaunch } from '../../db/pov/pov-launch.entity.ts';
import { Team } from '../../db/pov/team.entity.ts';
import { TeamMember } from '../../db/pov/team-member.entity.ts';
import { Phase } from '../../db/pov/phase.entity.ts';
import { ById } from '../../domain/platform/id.ts';
import { povDeleted } from '../../domain/pov/pov.contract.ts';
import { lockVersion } from '../platform/lock-version.ts';
import { verb, type VerbContext } from '../platform/verb.ts';
import { claimPov } from './claim-pov.ts';
import { withdrawApproval } from './delete-phase.ts';
import { phasesOf } from './find-phase.ts';
import { launchIdOf } from './launch/find-launch.ts';
import { noteActivity } from './note-activity.ts';

/** Deletes a POV softly with all that belongs to it; its processes hear of it and close (POV-019). */
export const deletePov = verb(
  { name: 'delete-pov', needs: 'pov:delete', input: ById, output: ById },
  async (ctx, { id: povId }) => {
    const { now, emit } = ctx;
    const { pov } = await claimPov(ctx, povId, 'delete');
    lockVersion(ctx, pov);
    const launchId = await launchIdOf(ctx, povId);
    for (const phase of await phasesOf(ctx, povId)) await withdrawApproval(ctx, phase, `${pov.title} was deleted`);
    const children: EntityName<Child>[] = [Phase, Milestone, PovKpi, PovLaunch, TeamMember];
    for (const child of children) await softDelete(ctx, child, { povId });
    if (pov.teamId) await softDelete(ctx, Team, { id: pov.teamId });
    pov.deletedAt = new Date(now);
    noteActivity(ctx, povId, 'pov.deleted', { title: pov.title });
    emit(povDeleted, { povId, title: pov.title, launchId });
    return { id: povId };
  },
);

interface Child {
  id: string;
  povId?: string;
  deletedAt?: Date | null;
}

async function softDelete(
  { em, now }: VerbContext,
  entity: EntityName<Child>,
  where: { povId: string } | { id: string },
): Promise<void> {
  for (const row of await em.find(entity, { ...where, deletedAt: null })) row.deletedAt = new Date(now);
}
