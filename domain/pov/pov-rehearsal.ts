import type { FutureEntry } from '../platform/process.ts';
import { planningPhase } from './phase.ts';
import { spreadPhases } from './phase-spread.ts';
import type { PhaseTemplate } from './phase-template.ts';
import { povFuture } from './pov-future.ts';
import type { CreatePov } from './pov.ts';

/** What would come after creating a POV, without creating it. */
export function rehearsePov(
  pov: CreatePov,
  { template, ownerName, now }: { template: Pick<PhaseTemplate, 'workflow'> | null; ownerName: string; now: number },
): FutureEntry[] {
  const definitions = template?.workflow ?? [];
  const spans = spreadPhases(pov, definitions.length);
  const phases = [
    { id: 'planning', name: planningPhase.name, startDate: pov.startDate, endDate: pov.endDate },
    ...definitions.map((d, i) => ({ id: `${i}`, name: d.name, ...spans[i]! })),
  ];
  return povFuture(
    {
      timeZone: 'UTC',
      milestones: [],
      launch: null,
      pov: {
        id: '',
        title: pov.title,
        status: 'PROJECTED',
        statusSince: now,
        statusReason: null,
        deleted: false,
        ownerId: '',
        ownerName,
        startDate: Date.parse(pov.startDate),
        endDate: Date.parse(pov.endDate),
        customerMoved: false,
      },
      phases: phases.map(p => ({
        ...p,
        status: 'NOT_STARTED',
        startDate: Date.parse(p.startDate),
        endDate: Date.parse(p.endDate),
        startedAt: null,
        blockedAt: null,
        completedAt: null,
        submittedAt: null,
        returned: null,
        approval: null,
      })),
    },
    now,
  );
}
