import type { Interaction } from '#domain/crm/activity/interaction.ts';
import { typedMinute } from '#lib/platform/days.ts';

type Placed = Partial<Record<'completedAt' | 'scheduledAt', string>> & { status?: Interaction['status'] };

/** What took place then, or is planned for then, by the clock of the workspace; who says no time speaks of now. */
export function placedAt(local: string, zone: string, now: number): Placed {
  if (!local) return {};
  const at = typedMinute(local, zone);
  return Date.parse(at) > now ? { status: 'scheduled', scheduledAt: at } : { status: 'completed', completedAt: at };
}
