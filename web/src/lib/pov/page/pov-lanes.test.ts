import { expect, test } from '@jest/globals';
import type { Phase } from '#domain/pov/phase.ts';
import type { PovDetail } from '#domain/pov/pov.contract.ts';
import { daysLate, povLanes } from './pov-lanes.ts';

const now = Date.parse('2026-11-24T09:00:00Z');
const sight = { now, zone: 'Europe/Oslo' };
const phase = (name: string, startDate: string, endDate: string, more: Partial<Phase> = {}): Partial<Phase> => ({
  id: name,
  name,
  status: 'NOT_STARTED',
  startDate: `${startDate}T08:00:00.000Z`,
  endDate: `${endDate}T08:00:00.000Z`,
  startedAt: null,
  completedAt: null,
  submittedAt: null,
  returnedAt: null,
  ...more,
});
const pov = (phases: Partial<Phase>[], more: Partial<PovDetail> = {}): PovDetail =>
  ({ id: 'p', status: 'IN_PROGRESS', milestones: [], statusReason: null, phases, ...more }) as PovDetail;

const done = phase('Initiation', '2026-10-05', '2026-10-16', {
  status: 'COMPLETED',
  startedAt: '2026-10-05T08:00:00.000Z',
  completedAt: '2026-10-17T08:00:00.000Z',
});
const running = { status: 'IN_PROGRESS', startedAt: '2026-10-19T08:00:00.000Z' } as const;

test('draws what was, what runs past its plan and what that moves', () => {
  const lanes = povLanes(
    pov([done, phase('Setup', '2026-10-19', '2026-11-20', running), phase('Execution', '2026-11-20', '2026-12-20')]),
    sight,
  );
  expect(lanes.map(l => l.spans.map(s => s.kind))).toEqual([['done'], ['running', 'late'], ['predicted']]);
  expect(lanes[1]).toMatchObject({ state: 'running', end: 'due', endDelta: '4 d 1 h late' });
  expect(lanes[2]).toMatchObject({ end: '~24 Dec', endDelta: '+4 d' });
  expect(new Date(lanes[2]!.spans[0]!.from).toISOString()).toBe('2026-11-24T09:00:00.000Z');
});

test('predicts the rest of a phase that runs within its plan', () => {
  const [lane] = povLanes(pov([phase('Setup', '2026-10-19', '2026-12-01', running)]), sight);
  expect(lane).toMatchObject({ end: '~1 Dec', endDelta: null });
  expect(lane!.spans.map(s => s.kind)).toEqual(['running', 'predicted']);
});

test('stops a stalled phase where it stalled', () => {
  const stalled = pov([phase('Setup', '2026-10-19', '2026-12-01', running)], {
    status: 'STALLED',
    statusSince: '2026-11-10T08:00:00.000Z',
  });
  const [lane] = povLanes(stalled, sight);
  expect(lane).toMatchObject({ state: 'held', note: 'stalled' });
  expect(lane!.spans.map(s => s.kind)).toEqual(['running', 'held', 'predicted']);
});

test('predicts nothing for a POV that is over', () => {
  const lost = pov([done, phase('Setup', '2026-10-19', '2026-11-01')], { status: 'LOST' });
  expect(povLanes(lost, sight)[1]).toMatchObject({ state: 'stopped', spans: [] });
  expect(daysLate(lost, now)).toBe(0);
});
