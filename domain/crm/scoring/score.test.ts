import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { lastNight, leadScoringPlan } from './lead-scoring-plan.ts';
import { previewOf, sayReason, scoreOf, timesMax, type PointsRule } from './score.ts';
import { asksFields, scoringRules, type ScoringCondition } from './scoring-rule.ts';

const rule = (id: string, points: number): PointsRule => ({ id, name: `Rule ${id}`, points });

describe('a score', () => {
  it('is the sum of the points of what fits, each as often as it does, with its reasons', () => {
    const { score, reasons } = scoreOf([rule('a', 20), rule('b', 10), rule('c', -5), rule('d', 7)], [1, 3, 1, 0]);
    expect(score).toBe(45);
    expect(reasons.map(sayReason)).toEqual(['+20 Rule a', '+30 Rule b (3 times)', '−5 Rule c']);
  });

  it('is 0 without a rule, and stays a number that can be kept', () => {
    expect(scoreOf([], [])).toEqual({ score: 0, reasons: [] });
    expect(scoreOf([rule('a', 100)], [2 ** 31]).score).toBe(100 * timesMax);
  });

  it('is always what its reasons come to, and the order of the rules changes nothing but theirs', () => {
    const rules = fc.array(fc.tuple(fc.integer({ min: -100, max: 100 }), fc.nat(2_000)), { maxLength: 50 });
    fc.assert(fc.property(rules, pairs => {
      const of = (all: typeof pairs) => scoreOf(all.map(([points], i) => rule(`${i}`, points)), all.map(([, n]) => n));
      const { score, reasons } = of(pairs);
      expect(score).toBe(reasons.reduce((sum, r) => sum + r.points, 0));
      expect(of([...pairs].reverse()).score).toBe(score);
    }));
  });
});

describe('a preview', () => {
  it('counts whom other rules change, and how many stand in each band', () => {
    const alike = [
      { times: [1, 0], count: 3, ids: ['x', 'y'] }, { times: [0, 0], count: 5, ids: ['z'] },
      { times: [1, 1], count: 1, ids: ['w'] },
    ];
    const preview = previewOf(alike, [rule('a', 20), null], [rule('a', 20), rule('b', -40)]);
    expect(preview).toMatchObject({ contacts: 9, changed: 1 });
    expect(preview.examples).toEqual([{
      id: 'w', before: scoreOf([rule('a', 20)], [1]), after: scoreOf([rule('a', 20), rule('b', -40)], [1, 1]),
    }]);
    expect(preview.bands.map(b => [b.from, b.to, b.before, b.after])).toEqual([
      [null, -1, 0, 1], [0, 0, 5, 5], [1, 19, 0, 0], [20, 39, 4, 3], [40, 59, 0, 0], [60, 79, 0, 0], [80, null, 0, 0],
    ]);
  });

  it('shows the largest changes, not more than twenty', () => {
    const ids = Array.from({ length: 30 }, (_, i) => `${i}`);
    const alike = [{ times: [1], count: 30, ids }, { times: [3], count: 1, ids: ['most'] }];
    const { examples, changed } = previewOf(alike, [null], [rule('a', 1)]);
    expect([changed, examples.length, examples[0]!.id]).toEqual([31, 20, 'most']);
  });
});

describe('a rule', () => {
  const sent = (condition: unknown) => scoringRules.create.safeParse({ name: 'R', points: 10, condition });
  const food = { field: 'industry', op: 'eq', value: 'Food' };
  it.each<[string, unknown, RegExp]>([
    ['no condition', undefined, /./],
    ['another kind', { kind: 'weather' }, /./],
    ['no conditions of fields', { kind: 'fields', where: { all: [] } }, /must be a list of conditions/],
    ['conditions of another form', { kind: 'fields', where: { a: 1 } }, /must be made of/],
    ['the score', { kind: 'fields', where: { any: [food, { ...food, field: 'leadScore' }] } }, /the score itself/],
    ['too much', { kind: 'fields', where: { ...food, op: 'in', value: Array(30).fill('x'.repeat(200)) } }, /long/],
    ['days that never were', { kind: 'interactions', withinDays: 0 }, /at least 1/],
  ])('is refused with %s', (_, condition, why) => {
    const { success, error } = sent(condition);
    expect(success).toBe(false);
    expect(error!.issues.map(i => i.message).join()).toMatch(why);
  });

  it('says which fields it asks', () => {
    const condition = sent({ kind: 'fields', where: { all: [food, { any: [food] }] } }).data!.condition as never;
    expect([asksFields(condition, ['industry']), asksFields(condition, ['city'])]).toEqual([true, false]);
    const meeting: ScoringCondition = {
      kind: 'interactions', types: ['meeting'], direction: null, counting: 'each', withinDays: null,
    };
    expect(asksFields(meeting, ['industry'])).toBe(false);
  });
});

describe('scoring all', () => {
  it('goes on from where it stands until it is done', () => {
    const state = { id: 'r', status: 'running', done: 200, ownerId: null } as const;
    const step = { do: 'scoreContacts', runId: 'r', done: 200 };
    expect(leadScoringPlan(state)).toMatchObject({ step, closed: null });
    expect(leadScoringPlan({ ...state, status: 'done' })).toMatchObject({ step: null, closed: 'DONE' });
  });

  it.each([
    ['2026-11-24T09:30:00Z', 'UTC', '2026-11-24T02:00:00.000Z'],
    ['2026-11-24T01:59:59Z', 'UTC', '2026-11-23T02:00:00.000Z'],
    ['2026-11-24T09:30:00Z', 'America/New_York', '2026-11-24T07:00:00.000Z'],
    ['2026-11-24T06:30:00Z', 'America/New_York', '2026-11-23T07:00:00.000Z'],
    ['2026-03-29T12:00:00Z', 'Europe/Berlin', '2026-03-28T01:00:00.000Z'],
  ])('at %s in %s the last night began at %s', (now, zone, night) => {
    expect(new Date(lastNight(Date.parse(now), zone)).toISOString()).toBe(night);
  });
});
