import type { EntityName } from '@mikro-orm/core';
import { FeatureRequest } from '../../db/pov/feature-request.entity.ts';
import { Milestone } from '../../db/pov/milestone.entity.ts';
import { Phase } from '../../db/pov/phase.entity.ts';
import { PovKpi } from '../../db/pov/pov-kpi.entity.ts';
import { PovLaunch } from '../../db/pov/pov-launch.entity.ts';
import type { Pov } from '../../db/pov/pov.entity.ts';
import { SupportRequest } from '../../db/pov/support-request.entity.ts';
import { Team } from '../../db/pov/team.entity.ts';
import { TeamMember } from '../../db/pov/team-member.entity.ts';
import type { VerbContext } from '../platform/verb.ts';

interface Child {
  id: string;
  povId?: string | null;
  deletedAt?: Date | null;
}

/**
 * What goes with a POV when it is deleted, and comes back with it. Its requests too: without the POV nobody could tell
 * who may read them, and they come back linked.
 */
const children: EntityName<Child>[] = [Phase, Milestone, PovKpi, PovLaunch, TeamMember, FeatureRequest, SupportRequest];

export async function childrenOf({ em }: VerbContext, pov: Pov, deleted: boolean): Promise<Child[]> {
  const deletedAt = deleted ? { $ne: null } : null;
  const found: Child[] = [];
  for (const child of children) found.push(...(await em.find(child, { povId: pov.id, deletedAt })));
  if (pov.teamId) found.push(...(await em.find(Team, { id: pov.teamId, deletedAt })));
  return found;
}
