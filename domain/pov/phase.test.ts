import { describe, expect, it } from '@jest/globals';
import {
  broughtBack,
  inSequence,
  mergeDetails,
  PhaseStatus,
  PhaseType,
  planningPhase,
  progressOf,
  reordered,
  whyNotMovePhase,
  whyNotRestorePhase,
  type PhaseStatus as Status,
} from './phase.ts';

it('[POV-012] begins with the Planning phase', () =>
  expect(planningPhase).toEqual({
    name: 'Planning',
    description: 'Initial planning phase',
    type: 'PLANNING',
    order: 0,
    details: { tasks: [], metadata: { status: 'NOT_STARTED', progress: 0, notes: 'Initial planning phase for POV' } },
  }));

it('[POV-026] [POV-027] knows these statuses and types', () => {
  expect(PhaseStatus.options).toEqual(['NOT_STARTED', 'IN_PROGRESS', 'COMPLETED', 'BLOCKED']);
  expect(PhaseType.options).toEqual(['PLANNING', 'EXECUTION', 'REVIEW']);
});

it('[POV-031] puts the named phases in their own places in the new order', () => {
  expect(reordered(['a', 'b', 'c'], ['c', 'a'])).toEqual(['c', 'b', 'a']);
  expect(reordered(['a', 'b', 'c'], ['b', 'c', 'a'])).toEqual(['b', 'c', 'a']);
  expect(reordered(['a', 'b'], ['b'])).toEqual(['a', 'b']);
});

it('goes by order; among equals the phase of no template is first', () => {
  const at = '2026-01-01T00:00:00Z';
  const phases = [
    { id: 'c', order: 1, templateId: 't', createdAt: at },
    { id: 'b', order: 0, templateId: 't', createdAt: at },
    { id: 'z', order: 0, templateId: null, createdAt: at },
  ];
  expect(phases.sort(inSequence).map(p => p.id)).toEqual(['z', 'b', 'c']);
});

describe('[POV-033] progress', () => {
  it.each([
    [{ metadata: { progress: 40 } }, 40],
    [{ metadata: { progress: 'x' } }, 0],
    [{ metadata: { progress: 400 } }, 0],
    [{}, 0],
    [null, 0],
  ])('%j is %i', (details, progress) => expect(progressOf(details)).toBe(progress));

  it('is laid over the other details', () => {
    const old = { scope: 'A', tasks: [1], metadata: { notes: 'n', progress: 0 } };
    expect(mergeDetails(old, { metadata: { progress: 40 } })).toEqual({
      scope: 'A',
      tasks: [1],
      metadata: { notes: 'n', progress: 40 },
    });
    expect(mergeDetails(null, { scope: 'B' })).toEqual({ scope: 'B' });
  });
});

describe('[POV-032] a phase by hand', () => {
  const of = (status: Status) => ({ name: 'Setup', status });
  it.each<[Status, Status, Status[], string | undefined]>([
    ['NOT_STARTED', 'IN_PROGRESS', [], undefined],
    ['NOT_STARTED', 'IN_PROGRESS', ['COMPLETED'], undefined],
    ['NOT_STARTED', 'IN_PROGRESS', ['COMPLETED', 'IN_PROGRESS'], 'Planning must be completed before Setup can start'],
    ['IN_PROGRESS', 'BLOCKED', ['IN_PROGRESS'], undefined],
    ['BLOCKED', 'IN_PROGRESS', ['COMPLETED'], undefined],
    ['BLOCKED', 'IN_PROGRESS', ['IN_PROGRESS'], 'Planning must be completed before Setup can start'],
    ['IN_PROGRESS', 'NOT_STARTED', [], "Setup can't go from In progress to Not started"],
    ['COMPLETED', 'BLOCKED', [], "Setup can't go from Completed to Blocked"],
    ['COMPLETED', 'COMPLETED', [], undefined],
  ])('%s → %s after %j', (from, to, before, why) => {
    expect(
      whyNotMovePhase(
        of(from),
        to,
        before.map(status => ({ name: 'Planning', status })),
      ),
    ).toBe(why);
  });
});

describe('[PLT-005] a deleted phase comes back', () => {
  const phase = (id: string, order: number, status: Status = 'NOT_STARTED') =>
    ({ id, order, status, createdAt: '2026-01-01T00:00:00Z' });
  const a = phase('a', 0, 'COMPLETED');
  const [next, working, ended] = [phase('c', 2), phase('c', 2, 'IN_PROGRESS'), phase('c', 2, 'COMPLETED')];
  type Phase = typeof a;
  it.each<[string, Phase, Phase[], string, boolean, Status]>([
    ['in its old place', phase('b', 1), [a, next], 'abc', false, 'NOT_STARTED'],
    ['at work where all before it are done', phase('b', 1, 'IN_PROGRESS'), [a, next], 'abc', false, 'IN_PROGRESS'],
    ['behind what began meanwhile', phase('b', 1), [a, working, phase('d', 3)], 'acbd', true, 'NOT_STARTED'],
    ['no longer at work there', phase('b', 1, 'BLOCKED'), [a, working], 'acb', true, 'NOT_STARTED'],
    ['still at work behind what is completed', phase('b', 1, 'IN_PROGRESS'), [a, ended], 'acb', true, 'IN_PROGRESS'],
    ['completed, in its old place', phase('b', 1, 'COMPLETED'), [a, working], 'abc', false, 'COMPLETED'],
    ['alone', phase('b', 1), [], 'b', false, 'NOT_STARTED'],
  ])('%s', (...row) => {
    const [, gone, others, sequence, moved, status] = row;
    const back = broughtBack(gone, others);
    expect({ ...back, sequence: back.sequence.map(p => p.id).join('') }).toEqual({ sequence, moved, status });
  });

  it('unless its POV has ended, or stands in validation with all others completed', () => {
    const why = (status: 'IN_PROGRESS' | 'VALIDATION' | 'WON', of: Status) =>
      whyNotRestorePhase({ title: 'Acme', status }, { name: 'Setup', status: of });
    expect([why('IN_PROGRESS', 'NOT_STARTED'), why('VALIDATION', 'COMPLETED')]).toEqual([undefined, undefined]);
    expect(why('WON', 'COMPLETED')).toBe('Acme is won: it stays as it ended');
    expect(why('VALIDATION', 'NOT_STARTED')).toMatch(/^Setup is not completed/);
  });
});
