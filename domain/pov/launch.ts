import { z } from 'zod';
import { Instant } from '../platform/clock.ts';
import { Id } from '../platform/id.ts';
import { Version } from '../platform/version.ts';
import { isClosed, povStatusLabel, type PovStatus } from './pov-status.ts';

export const LaunchItem = z
  .object({ key: z.string(), label: z.string(), completed: z.boolean() })
  .meta({ id: 'LaunchItem' });
export type LaunchItem = z.output<typeof LaunchItem>;

/** POV-T5. */
export const Launch = z
  .object({
    id: Id,
    povId: Id,
    confirmed: z.boolean(),
    checklist: z.object({ items: z.array(LaunchItem) }),
    launchedAt: Instant.nullable(),
    launchedBy: Id.nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'Launch' });
export type Launch = z.output<typeof Launch>;

const labels = {
  teamConfirmed: 'Team members confirmed',
  phasesReviewed: 'All phases reviewed',
  budgetApproved: 'Budget approved',
  resourcesAllocated: 'Resources allocated',
  detailsConfirmed: 'Details confirmed',
};
/** The five items of a new launch (POV-044). */
export const newChecklist = (): { items: LaunchItem[] } => ({
  items: Object.entries(labels).map(([key, label]) => ({ key, label, completed: false })),
});

const Ticks = z.array(z.object({ key: z.string().max(100), completed: z.boolean() })).max(50);
/** Which items are done now; a bare list is taken too. */
export const LaunchTicks = z.union([Ticks, z.object({ items: Ticks, version: Version })]).meta({ id: 'LaunchTicks' });
export type LaunchTick = z.output<typeof Ticks>[number];
export const ticksOf = (body: z.output<typeof LaunchTicks>): { items: LaunchTick[]; version?: number | undefined } =>
  Array.isArray(body) ? { items: body } : body;

/** The checklist after the ticks: unknown keys are ignored, the other items stay (POV-045). */
export const ticked = (items: readonly LaunchItem[], ticks: readonly LaunchTick[]): LaunchItem[] =>
  items.map(item => ({ ...item, completed: ticks.findLast(t => t.key === item.key)?.completed ?? item.completed }));

export const openItems = (items: readonly LaunchItem[]): LaunchItem[] => items.filter(i => !i.completed);

interface LaunchState {
  confirmed: boolean;
  checklist: { items: readonly LaunchItem[] };
}

/** Why a launch can't be opened: the POV is over, or it has one (POV-049). */
export function whyNotInitiate(povStatus: PovStatus, launch: { confirmed: boolean } | null): string | undefined {
  if (isClosed(povStatus)) return `The POV is ${povStatusLabel[povStatus].toLowerCase()}`;
  return launch ? `The launch is already ${launch.confirmed ? 'confirmed' : 'open'}` : undefined;
}

/** Why the checklist can't be changed any more. */
export const whyNotTick = (launch: LaunchState): string | undefined =>
  launch.confirmed ? 'The launch is already confirmed' : undefined;

/** Why a launch can't be confirmed (POV-046). */
export const whyNotConfirm = (launch: LaunchState): string | undefined =>
  whyNotTick(launch) ??
  (openItems(launch.checklist.items).length ? 'All checklist items must be completed before launch' : undefined);
