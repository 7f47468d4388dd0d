import { describe, expect, it } from '@jest/globals';
import { anInstance, aStep } from '../approvals/approval.fixture.ts';
import { approvalPlan } from '../approvals/approval-plan.ts';
import { approvalWaitingFor } from '../approvals/approval-sentence.ts';
import { whenDueActions } from '../approvals/instance.ts';
import { modes } from '../approvals/step.ts';
import type { Plan, WaitingFor } from '../platform/process.ts';
import { stuckAt } from '../platform/operations/stuck.ts';
import { sayDay, sayInstant } from '../platform/sentence.ts';
import { launchPlan, type OpenLaunch } from './launch-plan.ts';
import { phaseStatuses } from './phase.ts';
import { povPlan, type PhaseState, type PovState } from './pov-plan.ts';
import { isClosed, povStatuses } from './pov-status.ts';

const at = (text: string): number => Date.parse(`${text}Z`);
const timeZone = 'UTC';
const [began, soon, late] = [at('2026-11-23T08:00'), at('2026-11-24T09:00'), at('2027-02-01T09:00')];
const times = { 'in time': soon, late };

const launches: Record<string, OpenLaunch & { confirmed: boolean; launchedAt: number | null }> = Object.fromEntries(
  [
    ['open', {}],
    ['ready', { open: [] }],
    ['reminded', { reminded: true }],
    ['confirmed', { open: [], confirmed: true, launchedAt: soon }],
  ].map(([name, some]) => [
    name as string,
    {
      since: began,
      checkedAt: began + 60_000,
      reminded: false,
      open: ['Details confirmed'],
      total: 5,
      confirmed: false,
      launchedAt: null,
      ...(some as object),
    },
  ]),
);

const opened = aStep({ openedAt: new Date(began).toISOString() });
const slaDeadline = new Date(soon + 6 * 3_600_000).toISOString();
const instances = [
  ...modes.flatMap(mode => [
    { mode, steps: [opened] },
    { mode, steps: [opened, aStep({ order: 1, role: 'CFO', assigneeIds: [], openTo: ['CFO'] })] },
    { mode, steps: [aStep({})] },
  ]),
  { steps: [] },
  ...whenDueActions.flatMap(whenDue => [
    { steps: [opened], whenDue, slaDeadline },
    { steps: [opened], whenDue, slaDeadline, isOverdue: true },
  ]),
].map(anInstance);

const phase = (some: Partial<PhaseState>): PhaseState => ({
  id: 'setup',
  name: 'Setup',
  status: 'IN_PROGRESS',
  startDate: began,
  endDate: at('2026-11-27T00:00'),
  startedAt: null,
  blockedAt: null,
  completedAt: null,
  submittedAt: null,
  returned: null,
  approval: null,
  ...some,
});
const phases: Record<string, (now: number) => PhaseState[]> = {
  'no phase': () => [],
  ...Object.fromEntries(phaseStatuses.map(status => [`phase ${status}`, () => [phase({ status })]])),
  'phase since a date of its own': () => [phase({ startedAt: soon - 1 })],
  'phase blocked since a date of its own': () => [phase({ status: 'BLOCKED', blockedAt: soon - 1 })],
  'phase completed on a date': () => [phase({ status: 'COMPLETED', completedAt: soon - 1 })],
  'phase returned': () => [phase({ returned: { at: soon - 1, comment: 'Ravi Menon: no test data.' } })],
  'phase returned without a word': () => [phase({ returned: { at: soon - 1, comment: null } })],
  'phase whose approval is not there': () => [phase({ submittedAt: soon - 1 })],
  'phase in approval': now => [
    phase({
      submittedAt: soon - 1,
      approval: {
        instanceId: 'i',
        status: 'in_progress',
        waitingFor: approvalWaitingFor(instances[0]!, timeZone, now),
        future: [],
      },
    }),
  ],
};
const pov = {
  id: 'pov',
  title: 'Acme',
  statusSince: began,
  statusReason: 'budget freeze',
  deleted: false,
  ownerId: 'dana',
  ownerName: 'Dana Okafor',
  startDate: at('2026-11-30T08:00'),
  endDate: at('2027-01-20T00:00'),
  customerMoved: false,
};

interface Case {
  name: string;
  now: number;
  plan: Pick<Plan, 'waitingFor' | 'step' | 'closed'>;
}
const timed = (name: string, plan: (now: number) => Case['plan']): Case[] =>
  Object.entries(times).map(([when, now]) => ({ name: `${name}, ${when}`, now, plan: plan(now) }));

const povCases = povStatuses
  .filter(s => !isClosed(s))
  .flatMap(status =>
    Object.entries(phases).flatMap(([phased, some]) =>
      Object.entries({ 'no launch': null, ...launches }).flatMap(([launched, launch]) => {
        const state: PovState = { timeZone, pov: { ...pov, status }, phases: [], milestones: [], launch };
        return timed(`POV ${status}, ${phased}, ${launched}`, now => povPlan({ ...state, phases: some(now) }, now));
      }),
    ),
  );
const launchCases = Object.entries(launches).flatMap(([name, launch]) =>
  [pov, { ...pov, startDate: began - 1 }].flatMap(p => {
    const state = { timeZone, launch: { id: 'l', ...launch }, pov: { ...p, status: 'PROJECTED' as const } };
    return timed(`launch ${name}, planned ${sayDay(p.startDate, timeZone)}`, now => launchPlan(state, now));
  }),
);
const approvalCases = instances.flatMap((instance, i) =>
  timed(`approval ${i}`, now => {
    const plan = approvalPlan({ instance, timeZone }, now);
    // While a step is being taken the inbox still says what is waited for.
    return { ...plan, step: null, waitingFor: plan.waitingFor ?? approvalWaitingFor(instance, timeZone, now) };
  }),
);
const stuck = timed('stuck', now => ({
  step: null,
  closed: null,
  waitingFor: stuckAt({ step: 'completePhase', reason: 'no.', since: began }, { now, timeZone }).waitingFor,
}));
const waiting = [...povCases, ...launchCases, ...approvalCases, ...stuck].filter(c => !c.plan.step && !c.plan.closed);

/** The parts that the sentence of a wait leaves out, or that the wait does not have. */
function missing(wait: WaitingFor | null, now: number): string[] {
  if (!wait) return ['everything'];
  const { sentence, on, since, due, until, then } = wait;
  const says = (time: string): boolean => sentence.includes(sayDay(time, timeZone));
  const deadline = due === null ? / with no deadline/ : Date.parse(due) > now ? / until | and ends on / : / late since /;
  const next = until === null ? `; afterwards ${then}.` : until === due ? `; then ${then}.` : ` ${then}.`;
  const parts = {
    'whom it waits for': Boolean(on) && sentence.includes(on),
    'since when': Date.parse(since) <= now && sentence.includes(` since ${sayInstant(since, timeZone)}`),
    'until when': deadline.test(sentence) && (due === null || says(due)),
    'what happens when': until === null || (Date.parse(until) > now && says(until)),
    'what happens then': Boolean(then) && sentence.endsWith(next),
    'plain words': !/undefined|null|NaN|Invalid|\s{2}|[,;]{2}|\.\.| ,|\(\)/.test(sentence),
  };
  return Object.entries(parts).flatMap(([part, there]) => (there ? [] : [`${part}: ${sentence}`]));
}

describe('every process, whatever it waits for,', () => {
  it('is looked at in each of its states', () => {
    expect(new Set(waiting.map(c => c.name)).size).toBe(waiting.length);
    expect(waiting.length).toBeGreaterThan(400);
  });

  it('[PLT-052] says in one sentence for whom or what it waits, since when, until when, and what happens then', () => {
    const found = waiting.flatMap(({ name, plan, now }) => missing(plan.waitingFor, now).map(m => `${name}: ${m}`));
    expect(found).toEqual([]);
  });

  it('would not get away with a part left out', () => {
    const whole = approvalWaitingFor(instances[0]!, timeZone, soon);
    expect(missing(whole, soon)).toEqual([]);
    expect(missing({ ...whole, sentence: whole.sentence.replace(/ since .*?,/, ',') }, soon)).toHaveLength(1);
    expect(missing({ ...whole, sentence: whole.sentence.replace(', with no deadline', '') }, soon)).toHaveLength(1);
    expect(missing({ ...whole, sentence: whole.sentence.replace(/; .*$/, '.') }, soon)).toHaveLength(2);
    expect(missing({ ...whole, then: '' }, soon)).toHaveLength(1);
    expect(missing(null, soon)).toEqual(['everything']);
  });
});
