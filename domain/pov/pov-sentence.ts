import type { WaitingFor } from '../platform/process.ts';
import { sayDay, waiting, type Wait } from '../platform/sentence.ts';
import { launchWaitingFor, startDue } from './launch-plan.ts';
import type { PhaseState, PovState } from './pov-plan.ts';

/** The one sentence about an open POV: what it waits for, since when, until when, and what happens then. */
export function povWaitingFor(state: PovState, now: number): WaitingFor {
  switch (state.pov.status) {
    case 'STALLED':
      return said(state, now, stalled(state));
    case 'VALIDATION':
      return said(state, now, validation(state));
    case 'PROJECTED':
      return approval(state) ?? launch(state, now);
    case 'IN_PROGRESS':
      return approval(state) ?? said(state, now, phase(state, now));
    case 'WON':
    case 'LOST':
      throw new Error(`A closed POV waits for nothing: ${state.pov.id}`);
    default:
      return state.pov.status satisfies never;
  }
}

/** At its deadline nothing happens by itself, but that it is late. */
function said({ timeZone }: PovState, now: number, wait: Wait): WaitingFor {
  const { due, then, person } = wait;
  const ahead = due !== null && due > now ? { until: due, then: person ? 'it is late' : then } : {};
  return waiting({ ...wait, ...ahead }, { now, timeZone, days: true });
}

/** What the process of the approval says. */
const approval = ({ phases }: PovState): WaitingFor | null =>
  phases.find(p => p.submittedAt !== null && p.approval)?.approval?.waitingFor ?? null;

function stalled({ pov }: PovState): Wait {
  const why = pov.statusReason ? ` (${pov.statusReason})` : '';
  return {
    what: `Stalled${why}; waiting for ${pov.ownerName} to resume it`,
    on: pov.ownerName,
    since: pov.statusSince,
    due: null,
    until: null,
    then: 'it is in progress again',
    person: true,
  };
}

/** The planned end is the deadline of what ends the POV, unless it was past already. */
const endDue = ({ endDate }: PovState['pov'], since: number) => ({
  due: endDate > since ? endDate : null,
  dueName: 'its planned end on',
});

const validation = ({ pov }: PovState): Wait => ({
  what: `Waiting for ${pov.ownerName} to record the outcome of ${pov.title}`,
  on: pov.ownerName,
  since: pov.statusSince,
  ...endDue(pov, pov.statusSince),
  until: null,
  then: 'it ends as won or lost',
  person: true,
});

function launch(state: PovState, now: number): WaitingFor {
  const { pov, launch: opened, timeZone } = state;
  if (opened && !opened.confirmed) return launchWaitingFor(opened, pov, { now, timeZone });
  return said(state, now, {
    on: pov.ownerName,
    until: null,
    person: true,
    ...(opened
      ? {
          what: `Launched; waiting for ${pov.ownerName} to set ${pov.title} in progress`,
          since: opened.launchedAt ?? opened.checkedAt,
          due: null,
          then: 'its first phase starts',
        }
      : {
          what: `Waiting for ${pov.ownerName} to open the launch`,
          since: pov.statusSince,
          ...startDue(pov, pov.statusSince),
          then: 'its checklist is to be completed',
        }),
  });
}

function phase(state: PovState, now: number): Wait {
  const current = state.phases.find(p => p.status !== 'COMPLETED');
  if (!current) return allDone(state);
  if (current.status === 'BLOCKED') return blocked(state, current);
  return current.returned ? returned(current, current.returned) : running(state, current, now);
}

function allDone({ pov, phases }: PovState): Wait {
  const done = phases.flatMap(p => p.completedAt ?? []);
  const since = Math.max(pov.statusSince, ...done);
  return {
    what: phases.length
      ? `All phases are completed; waiting for ${pov.ownerName} to move ${pov.title} to validation`
      : `There are no phases; waiting for ${pov.ownerName} to add the first one`,
    on: pov.ownerName,
    since,
    ...endDue(pov, since),
    until: null,
    then: phases.length ? 'its outcome is to be recorded' : 'it starts',
    person: true,
  };
}

/** The end of the phase is the deadline, unless it was past already. */
const phaseDue = ({ endDate }: PhaseState, since: number) => ({ due: endDate > since ? endDate : null });

function blocked({ pov }: PovState, p: PhaseState): Wait {
  const since = p.blockedAt ?? p.startedAt ?? pov.statusSince;
  return {
    what: `${p.name} is blocked; waiting for ${pov.ownerName} to clear the way`,
    on: pov.ownerName,
    since,
    ...phaseDue(p, since),
    until: null,
    then: `${p.name} goes on`,
    person: true,
  };
}

function returned(p: PhaseState, { at, comment }: { at: number; comment: string | null }): Wait {
  const why = comment ? ` (${comment.replace(/[.\s]+$/, '')})` : '';
  return {
    what: `${p.name} came back${why}; waiting for the team to submit it again`,
    on: 'the team',
    since: at,
    ...phaseDue(p, at),
    until: null,
    then: 'its approvers are asked again',
    person: true,
  };
}

/** Until its end nobody is late; after it the team is. */
function running({ pov, timeZone }: PovState, p: PhaseState, now: number): Wait {
  const since = p.startedAt ?? Math.max(pov.statusSince, p.startDate);
  const late = p.endDate <= now;
  return {
    what: late ? `Waiting for the team to submit ${p.name}` : `${p.name} has been running`,
    on: late ? 'the team' : p.name,
    since: Math.min(since, now),
    due: p.endDate,
    dueText: ` and ends on ${sayDay(p.endDate, timeZone)}`,
    until: null,
    then: late ? 'its approvers are asked' : 'the team should submit it for approval',
    person: late,
  };
}
