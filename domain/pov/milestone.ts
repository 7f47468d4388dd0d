import { z } from 'zod';
import { Instant } from '../platform/clock.ts';
import { line, Moment, prose } from '../platform/field.ts';
import { Id } from '../platform/id.ts';
import { Version } from '../platform/version.ts';

export const milestoneStatuses = ['PENDING', 'COMPLETED', 'OVERDUE'] as const;
/** POV-029. */
export const MilestoneStatus = z.enum(milestoneStatuses).meta({ id: 'MilestoneStatus' });
export type MilestoneStatus = z.output<typeof MilestoneStatus>;

export const milestoneStatusLabel: Record<MilestoneStatus, string> = {
  PENDING: 'Pending', COMPLETED: 'Completed', OVERDUE: 'Overdue',
};

export const CreateMilestone = z.object({ name: line(), description: prose().nullable().optional(), dueDate: Moment })
  .meta({ id: 'CreateMilestone' });
export const PatchMilestone = CreateMilestone.partial().extend({ status: MilestoneStatus.optional(), version: Version })
  .meta({ id: 'PatchMilestone' });

/** POV-T4. */
export const Milestone = z.object({
  id: Id, povId: Id, phaseId: Id, name: z.string(), description: z.string().nullable(), dueDate: Instant,
  status: MilestoneStatus, completedAt: Instant.nullable(), createdAt: Instant, updatedAt: Instant, version: z.int(),
}).meta({ id: 'Milestone' });
export type Milestone = z.output<typeof Milestone>;

/** A milestone where those of several POVs stand together. */
export const MilestoneOfPov = Milestone.extend({
  povTitle: z.string(), customerName: z.string().nullable(), phaseName: z.string(), ownerId: Id, ownerName: z.string(),
}).meta({ id: 'MilestoneOfPov' });
export type MilestoneOfPov = z.output<typeof MilestoneOfPov>;

/** The status that a milestone has by its date: time alone makes it overdue, a later date opens it again (POV-030). */
export const statusByDate = (status: MilestoneStatus, dueAt: number, now: number): MilestoneStatus =>
  (status === 'COMPLETED' ? status : dueAt <= now ? 'OVERDUE' : 'PENDING');

/** The status after a change by hand. One whose date has passed stays pending until its process finds it overdue. */
export function statusAfter(
  before: MilestoneStatus, asked: MilestoneStatus | undefined, dueAt: number, now: number,
): MilestoneStatus {
  const wanted = asked ?? before;
  return wanted === 'COMPLETED' || dueAt <= now ? wanted : 'PENDING';
}
