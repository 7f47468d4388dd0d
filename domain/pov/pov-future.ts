import { iso, type FutureEntry } from '../platform/process.ts';
import { launchReminder } from './launch-plan.ts';
import type { PhaseState, PovState } from './pov-plan.ts';

const entriesMax = 30;

/** What is still to come: set timers, and what follows from the plan's dates. */
export function povFuture({ pov, phases, milestones, launch }: PovState, now: number): FutureEntry[] {
  const due = milestones
    .filter(m => m.status === 'PENDING' && m.dueDate > now)
    .map(m => ({
      at: m.dueDate,
      kind: 'timer' as const,
      what: `${m.name} (${m.phaseName}) is due; unless it is completed it becomes overdue and ${pov.ownerName} is told`,
    }));
  const reminder = launch && !launch.confirmed ? launchReminder(launch, pov) : null;
  const coming = [...due, ...(reminder ? [reminder] : []), ...inApproval(phases)];
  return [...coming, ...phaseEnds(phases, now), ...closing(pov, now)]
    .filter(e => e.at > now)
    .sort((a, b) => a.at - b.at)
    .slice(0, entriesMax)
    .map(e => ({ ...e, at: iso(e.at) }));
}

interface Coming {
  at: number;
  kind: FutureEntry['kind'];
  what: string;
}
const inApproval = (phases: readonly PhaseState[]): Coming[] =>
  phases.flatMap(({ name, completedAt, approval }) => {
    const future = completedAt === null && approval ? approval.future : [];
    return future.map(({ at, kind, what }) => ({ at: Date.parse(at), kind, what: `Approval of ${name}: ${what}` }));
  });

/** Open phases keep their length: what the current one is late moves those after it. */
function phaseEnds(phases: readonly PhaseState[], now: number): Coming[] {
  const open = phases.filter(p => p.status !== 'COMPLETED');
  const late = open[0] ? Math.max(0, now - open[0].endDate) : 0;
  return open.flatMap((p, i) => [
    ...(i > 0 && p.status === 'NOT_STARTED'
      ? [{ at: p.startDate + late, kind: 'predicted' as const, what: `${p.name} starts` }]
      : []),
    {
      at: p.endDate + (i > 0 ? late : 0),
      kind: 'predicted' as const,
      what:
        p.submittedAt === null
          ? `${p.name} ends; it should be submitted for approval`
          : `${p.name} ends; it should be approved`,
    },
  ]);
}

const closing = (pov: PovState['pov'], now: number): Coming[] =>
  pov.endDate > now
    ? [{ at: pov.endDate, kind: 'predicted', what: `${pov.title} ends; it should be won or lost` }]
    : [];
