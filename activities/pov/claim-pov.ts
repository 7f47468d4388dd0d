import { LockMode } from '@mikro-orm/postgresql';
import { Pov } from '../../db/pov/pov.entity.ts';
import { TeamMember } from '../../db/pov/team-member.entity.ts';
import { notFound, Refusal } from '../../domain/platform/errors.ts';
import { whyNotPov, type PovAction } from '../../domain/pov/pov-access.ts';
import type { VerbContext } from '../platform/verb.ts';

export interface ClaimedPov {
  pov: Pov;
  members: TeamMember[];
}

/**
 * Locks a POV for one change at a time. A person who may not see it gets 404; one whose role or team role does not
 * allow the action 403 (POV-088). Processes may do anything.
 */
export async function claimPov(ctx: VerbContext, povId: string, action: PovAction): Promise<ClaimedPov> {
  const { em, actor } = ctx;
  const pov = await em.findOne(
    Pov,
    { id: povId, deletedAt: null },
    { lockMode: LockMode.PESSIMISTIC_WRITE, refresh: true },
  );
  if (!pov) throw notFound();
  const members = await em.find(
    TeamMember,
    { povId, deletedAt: null },
    { orderBy: { createdAt: 'asc', id: 'asc' }, refresh: true },
  );
  if (actor.kind === 'user') {
    const team = { ownerId: pov.ownerId, members };
    if (whyNotPov('view', actor, team)) throw notFound();
    const why = whyNotPov(action, actor, team);
    if (why) throw new Refusal('forbidden', why);
  }
  return { pov, members };
}
