import { iso, type WaitingFor } from '../platform/process.ts';
import { sayAll, sayDay, sayInstant } from '../platform/sentence.ts';
import { sayOpenItems } from './launch-plan.ts';
import type { PhaseState, PovState } from './pov-plan.ts';

/** The one sentence about an open POV: what it waits for, since when, until when, and what happens then. */
export function povWaitingFor(state: PovState, now: number): WaitingFor {
  switch (state.pov.status) {
    case 'STALLED':
      return stalled(state);
    case 'VALIDATION':
      return validation(state);
    case 'PROJECTED':
      return approval(state) ?? launch(state);
    case 'IN_PROGRESS':
      return approval(state) ?? phase(state, now);
    case 'WON':
    case 'LOST':
      throw new Error(`A closed POV waits for nothing: ${state.pov.id}`);
    default:
      return state.pov.status satisfies never;
  }
}

type Wait = Omit<WaitingFor, 'since' | 'until' | 'then'> & { since: number; until?: number | null; then?: string };
const wait = ({ since, until, then, ...w }: Wait): WaitingFor => ({
  ...w,
  since: iso(since),
  until: until ? iso(until) : null,
  then: then ?? null,
});

const since = (pov: PovState['pov'], timeZone: string): string => sayInstant(pov.statusSince, timeZone);

function approval({ phases, timeZone }: PovState): WaitingFor | null {
  const waiting = phases.find(p => p.submittedAt !== null && p.approval);
  if (!waiting?.approval || waiting.submittedAt === null) return null;
  const { approvers, dueAt, reminderAt } = waiting.approval;
  const on = approvers.length ? sayAll(approvers) : 'the approvers';
  const due = dueAt === null ? '' : `; it should be decided by ${sayInstant(dueAt, timeZone)}`;
  const reminder =
    reminderAt === null || (dueAt !== null && dueAt <= reminderAt)
      ? ''
      : `; reminder on ${sayInstant(reminderAt, timeZone)}`;
  const asked = sayInstant(waiting.submittedAt, timeZone);
  return wait({
    sentence: `Waiting for ${on} to approve ${waiting.name} since ${asked}${due}${reminder}.`,
    on,
    since: waiting.submittedAt,
    until: reminder ? reminderAt : dueAt,
    person: true,
    then: reminder ? 'reminder' : `${waiting.name} is completed once it is approved`,
  });
}

function stalled({ pov, timeZone }: PovState): WaitingFor {
  const why = pov.statusReason ? ` (${pov.statusReason})` : '';
  return wait({
    sentence: `Stalled since ${since(pov, timeZone)}${why}; waiting for ${pov.ownerName} to resume it.`,
    on: pov.ownerName,
    since: pov.statusSince,
    person: true,
  });
}

function validation({ pov, timeZone }: PovState): WaitingFor {
  return wait({
    sentence: `Waiting for ${pov.ownerName} to record the outcome of ${pov.title} since ${since(pov, timeZone)}.`,
    on: pov.ownerName,
    since: pov.statusSince,
    person: true,
    then: 'it ends as won or lost',
  });
}

function launch({ pov, launch: opened, timeZone }: PovState): WaitingFor {
  const planned = `it is planned to start on ${sayDay(pov.startDate, timeZone)}`;
  if (!opened) {
    return wait({
      sentence: `Waiting for ${pov.ownerName} to open the launch since ${since(pov, timeZone)}; ${planned}.`,
      on: pov.ownerName,
      since: pov.statusSince,
      until: pov.startDate,
      person: true,
    });
  }
  const sentence = opened.confirmed
    ? `Launched; waiting for ${pov.ownerName} to set ${pov.title} in progress.`
    : `Waiting for ${sayOpenItems(opened)}.`;
  return wait({
    sentence,
    on: opened.confirmed ? pov.ownerName : 'the launch checklist',
    since: opened.since,
    person: true,
  });
}

function phase(state: PovState, now: number): WaitingFor {
  const { pov, phases } = state;
  const current = phases.find(p => p.status !== 'COMPLETED');
  if (!current) return allDone(state);
  if (current.status === 'BLOCKED') {
    return wait({
      sentence: `${current.name} is blocked; waiting for ${pov.ownerName} to clear the way.`,
      on: pov.ownerName,
      since: pov.statusSince,
      person: true,
    });
  }
  return current.returned ? returned(state, current, current.returned) : running(state, current, now);
}

function allDone({ pov, phases, timeZone }: PovState): WaitingFor {
  const what = phases.length ? 'All phases are completed' : 'There are no phases';
  const then = phases.length ? `move ${pov.title} to validation` : 'add the first one';
  return wait({
    sentence: `${what}; waiting for ${pov.ownerName} to ${then} (in progress since ${since(pov, timeZone)}).`,
    on: pov.ownerName,
    since: pov.statusSince,
    person: true,
  });
}

function returned(
  { pov, timeZone }: PovState,
  p: PhaseState,
  { at, comment }: { at: number; comment: string | null },
): WaitingFor {
  const why = comment ? `: ${comment.replace(/[.\s]+$/, '')}` : '';
  return wait({
    sentence: `${p.name} came back on ${sayInstant(at, timeZone)}${why}. Waiting for the team to submit it again.`,
    on: `the team of ${pov.title}`,
    since: at,
    until: p.endDate,
    person: true,
  });
}

function running({ pov, timeZone }: PovState, p: PhaseState, now: number): WaitingFor {
  const end = sayDay(p.endDate, timeZone),
    began = Math.max(pov.statusSince, p.startDate);
  if (p.endDate <= now) {
    return wait({
      sentence: `${p.name} should have been submitted by ${end}; waiting for the team to submit it.`,
      on: pov.ownerName,
      since: p.endDate,
      person: true,
    });
  }
  return wait({
    sentence: `${p.name} runs until ${end}; then it should be submitted for approval.`,
    on: p.name,
    since: Math.min(began, now),
    until: p.endDate,
    person: false,
    then: 'it should be submitted for approval',
  });
}
