import { z } from 'zod';
import { Instant } from '../platform/clock.ts';
import { JsonObject } from '../platform/field.ts';
import { Id } from '../platform/id.ts';

/** What was done with a POV, one entry each time (POV-089). */
export const povActivityActions = [
  'pov.created',
  'pov.updated',
  'pov.deleted',
  'pov.restored',
  'owner.changed',
  'member.added',
  'member.changed',
  'member.removed',
  'phase.created',
  'phase.updated',
  'phase.deleted',
  'phase.restored',
  'phases.reordered',
  'template.applied',
  'phase.submitted',
  'phase.started',
  'phase.completed',
  'phase.returned',
  'milestone.created',
  'milestone.updated',
  'milestone.deleted',
  'milestone.restored',
  'milestone.overdue',
  'kpi.created',
  'kpi.updated',
  'kpi.deleted',
  'kpi.restored',
  'status.changed',
  'launch.initiated',
  'launch.updated',
  'launch.confirmed',
  'launch.reminded',
] as const;
/** Decisions on the approvals of its phases are kept by approvals and told with the rest. */
export const decisionActions = ['step.approved', 'step.rejected', 'step.skipped'] as const;
export const PovActivityAction = z.enum([...povActivityActions, ...decisionActions]).meta({ id: 'PovActivityAction' });
export type PovActivityAction = z.output<typeof PovActivityAction>;

export const PovActivity = z
  .object({
    id: Id,
    povId: Id,
    userId: Id.nullable(),
    userName: z.string().nullable().meta({ description: 'null: by the process itself' }),
    action: PovActivityAction,
    details: JsonObject,
    createdAt: Instant,
  })
  .meta({ id: 'PovActivity' });
export type PovActivity = z.output<typeof PovActivity>;
