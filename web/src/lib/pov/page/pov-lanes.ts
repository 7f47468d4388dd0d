import type { Milestone } from '#domain/pov/milestone.ts';
import type { Phase } from '#domain/pov/phase.ts';
import { isClosed } from '#domain/pov/pov-status.ts';
import type { PovDetail } from '#domain/pov/pov.contract.ts';
import { shortDay, stretch } from '#lib/ui/time/time-format.ts';
import type { Lane, Span } from '#lib/ui/time/timeline.ts';

interface Sight {
  now: number;
  zone: string;
}
const dayMs = 86_400_000;
const ms = (instant: string): number => Date.parse(instant);

/** The phases of a POV as lanes: the plan, what was, what runs, and what is to come by the rules of its process. */
export function povLanes(pov: PovDetail, { now, zone }: Sight): Lane[] {
  const open = pov.phases.filter(p => p.status !== 'COMPLETED');
  const closed = isClosed(pov.status);
  const late = open[0] ? Math.max(0, now - ms(open[0].endDate)) : 0;
  return pov.phases.map(phase => {
    const milestones = pov.milestones.filter(m => m.phaseId === phase.id).map(asMark);
    const lane = { id: phase.id, name: phase.name, href: `/povs/${pov.id}/phases`, plan: planOf(phase), milestones };
    if (phase.status === 'COMPLETED') return { ...lane, ...doneLane(phase, { now, zone }) };
    if (closed) return { ...lane, state: 'stopped', spans: [] };
    if (phase.startedAt || phase.status !== 'NOT_STARTED')
      return { ...lane, ...runningLane(pov, phase, { now, zone }) };
    return { ...lane, ...plannedLane(phase, phase === open[0] ? 0 : late, { now, zone }) };
  });
}

/** By how many days the last phase is predicted to end after its plan. */
export function daysLate(pov: PovDetail, now: number): number {
  const open = pov.phases.filter(p => p.status !== 'COMPLETED');
  return isClosed(pov.status) || !open[0] ? 0 : Math.max(0, Math.floor((now - ms(open[0].endDate)) / dayMs));
}

const planOf = ({ startDate, endDate }: Phase): Lane['plan'] => ({ from: startDate, to: endDate });

/** A date that is due stays where it is, however late the phases are. */
const asMark = (m: Milestone) => ({
  at: m.completedAt ?? m.dueDate,
  label: m.name,
  done: m.status === 'COMPLETED',
});

function doneLane(phase: Phase, { now, zone }: Sight): Pick<Lane, 'state' | 'spans' | 'end'> {
  const to = phase.completedAt ?? phase.endDate;
  const from =
    ms(phase.startedAt ?? phase.startDate) < ms(to) ? (phase.startedAt ?? phase.startDate) : phase.startDate;
  return { state: 'done', spans: [{ kind: 'done', from, to }], end: shortDay(to, zone, now) };
}

function runningLane(pov: PovDetail, phase: Phase, { now, zone }: Sight): Omit<Lane, 'id' | 'name'> {
  const from = Math.min(ms(phase.startedAt ?? phase.startDate), now);
  const end = ms(phase.endDate);
  const held = pov.status === 'STALLED' ? ms(pov.statusSince) : phase.status === 'BLOCKED' ? now : null;
  const spans: Span[] = [];
  const until = Math.min(held ?? now, now);
  if (from < Math.min(until, end)) spans.push({ kind: 'running', from, to: Math.min(until, end) });
  if (until > end) spans.push({ kind: 'late', from: Math.max(from, end), to: until });
  if (held !== null && held < now) spans.push({ kind: 'held', from: held, to: now });
  if (end > now) spans.push({ kind: 'predicted', from: now, to: end });
  return {
    state: held === null ? 'running' : 'held',
    spans,
    note: noteOf(pov, phase),
    noteTone: phase.submittedAt ? 'warning' : 'neutral',
    end: end > now ? `~${shortDay(end, zone, now)}` : 'due',
    endDelta: end > now ? null : `${stretch(now - end)} late`,
  };
}

function noteOf(pov: PovDetail, phase: Phase): string | null {
  if (phase.status === 'BLOCKED') return 'blocked';
  if (pov.status === 'STALLED') return pov.statusReason ?? 'stalled';
  if (phase.submittedAt) return 'waits for approval';
  return phase.returnedAt ? 'came back' : null;
}

function plannedLane(phase: Phase, late: number, { now, zone }: Sight): Omit<Lane, 'id' | 'name'> {
  const from = Math.max(ms(phase.startDate) + late, now);
  const to = Math.max(ms(phase.endDate) + late, from);
  const days = Math.floor(late / dayMs);
  return {
    state: 'planned',
    spans: [{ kind: 'predicted', from, to }],
    end: `~${shortDay(to, zone, now)}`,
    endDelta: days > 0 ? `+${days} d` : null,
  };
}
