import { z } from 'zod';
import { message, type Told } from '../platform/contract.ts';
import { watcherUpdates } from '../platform/operations/process-hold.ts';
import { processContract } from '../platform/process.ts';
import { CreatePov } from './pov.ts';
import { PovStatus } from './pov-status.ts';

const Reason = z.string().trim().max(2000);
/** A move of the status, with the reason that some moves need (POV-042). */
export const MovePov = z.object({ to: PovStatus, reason: Reason.nullable().optional() }).meta({ id: 'MovePov' });
export type MovePov = z.output<typeof MovePov>;
export const CancelPov = z
  .object({ reason: Reason.min(1, 'A reason is required to lose a POV') })
  .meta({ id: 'CancelPov' });

/** Lives from the creation of a POV until it is won or lost (POV-015). */
export const povLifecycle = processContract({
  type: 'povLifecycle',
  entityType: 'pov',
  summary: 'Carries a POV from its creation to WON or LOST: starts and completes its phases, watches its milestones',
  id: povId => `pov-lifecycle-${povId}`,
  refersTo: { opportunity: 'opportunity_id' },
  reads: 'pov:read',
  start: { needs: 'pov:create', body: CreatePov },
  signals: {
    transition: message({
      name: 'transition',
      needs: 'pov:transition',
      summary: 'Move the POV to another status',
      body: MovePov,
    }),
    cancel: message({
      name: 'cancel',
      needs: 'pov:transition',
      summary: 'Give the POV up: it becomes LOST',
      body: CancelPov,
    }),
  },
  updates: watcherUpdates,
});

/** For events that the lifecycle of a POV must hear of. */
export const tellsPov = (p: { povId: string }): Told[] => [{ type: povLifecycle.type, entityId: p.povId }];
