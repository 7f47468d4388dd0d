import { createQuery } from '@tanstack/svelte-query';
import type { Instance } from '#domain/approvals/instance.ts';
import type { Subject, SubjectOf } from '#lib/approvals/subject.ts';
import { reading } from '#lib/platform/query.ts';
import { useMe } from '#lib/platform/session.svelte.ts';
import { povEndpoints, type PovDetail, type PovListItem } from '#domain/pov/pov.contract.ts';
import { useClock } from '#lib/ui/time/clock.svelte.ts';
import { shortDay, stretch, type Moment } from '#lib/ui/time/time-format.ts';

/** What an approval of a phase is about: names for every row, and all facts for the one that is open. */
export function usePhaseSubjects(opened: () => Instance | undefined): SubjectOf {
  const me = useMe();
  const clock = useClock();
  const povs = createQuery(() => ({
    ...reading(povEndpoints.list, { query: { pageSize: 100 } }, { follows: ['pov.'] }),
    enabled: me.may('pov:read'),
  }));
  const povId = $derived(opened()?.referenceType === 'phase' ? opened()!.storyId : null);
  const pov = createQuery(() => ({
    ...reading(povEndpoints.read, { params: { id: povId ?? '' } }),
    enabled: povId !== null && me.may('pov:read'),
  }));

  return instance => {
    if (instance.referenceType !== 'phase') return undefined;
    const say = (at: Moment): string => shortDay(at, clock.zone, clock.now);
    if (pov.data?.id === instance.storyId) return inFull(pov.data, instance, say, clock.now);
    const row = povs.data?.items.find(p => p.id === instance.storyId);
    return row && { ...inShort(row), facts: [] };
  };
}

const inShort = (pov: Pick<PovListItem, 'id' | 'title' | 'customerName' | 'estimatedBudget'>) => ({
  name: pov.customerName ?? pov.title,
  title: pov.title,
  href: `/povs/${pov.id}`,
  open: 'Open POV',
});

function inFull(pov: PovDetail, instance: Instance, say: (at: Moment) => string, now: number): Subject {
  const short = inShort(pov);
  const at = pov.phases.findIndex(p => p.id === instance.referenceId);
  const phase = pov.phases[at];
  if (!phase) return { ...short, facts: [] };
  const next = pov.phases.slice(at + 1).find(p => p.status !== 'COMPLETED');
  const milestones = pov.milestones.filter(m => m.phaseId === phase.id);
  const met = milestones.filter(m => m.status === 'COMPLETED').length;
  const overdue = milestones.filter(m => m.status === 'OVERDUE').length;
  const late = Date.parse(phase.completedAt ?? new Date(now).toISOString()) - Date.parse(phase.endDate);
  return {
    ...short,
    facts: [
      {
        label: `Phase ${at + 1} of ${pov.phases.length}`,
        value: `${say(phase.startDate)} – ${say(phase.endDate)}`,
        ...(late > 86_400_000
          ? { note: `${stretch(Math.floor(late / 86_400_000) * 86_400_000)} past its end`, tone: 'warning' as const }
          : {}),
      },
      { label: 'Done', value: `${phase.progress} %` },
      {
        label: 'Milestones met',
        value: milestones.length ? `${met} of ${milestones.length}` : 'none set',
        ...(overdue ? { note: `${overdue} overdue`, tone: 'danger' as const } : {}),
      },
      { label: 'POV ends', value: say(pov.endDate), note: `led by ${pov.owner.name}` },
    ],
    approved: next
      ? `${phase.name} is completed and ${next.name} starts`
      : `${phase.name} is completed: all phases are done, the POV can be validated`,
    rejected:
      `${phase.name} goes back to ${instance.requesterName ?? 'the team'} with your reason; ` +
      'a new round asks everybody again',
  };
}
