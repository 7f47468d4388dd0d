import { describe, expect, it } from '@jest/globals';
import { anInstance, aStep, ids, names } from './approval.fixture.ts';
import { refusalToDelegate, whyNotDelegateTo } from './delegation.ts';
import { faultOfAbsence } from './stand-in.ts';
import { inPlaceOf, refusalToDecide, toldOf, whyNotDecide } from './step.ts';

const now = Date.parse('2026-11-24T09:00:00Z'), today = '2026-11-24';
const dana = { userId: ids.dana, role: 'SALESPERSON' };
const pat = { userId: ids.pat, role: 'SALESPERSON' };
const sam = { userId: ids.sam, role: 'SALESPERSON' };
const [ofDana, ofPat] = [{ id: ids.dana, name: names.dana }, { id: ids.pat, name: names.pat }];

describe('an absence', () => {
  const absence = { userId: ids.dana, standInId: ids.pat, fromDay: '2026-12-01', untilDay: '2026-12-11' };
  it.each([
    ['as it should be', {}, undefined],
    ['of one day, which is today', { fromDay: today, untilDay: today }, undefined],
    ['with oneself', { standInId: ids.dana }, 'standInId must be somebody else'],
    ['that runs backwards', { untilDay: '2026-11-30' }, 'untilDay must not be before the first day'],
    ['that is over', { fromDay: '2026-11-01', untilDay: '2026-11-23' }, 'untilDay is over already'],
    [
      'that begins on the last day of another', { fromDay: '2026-12-20' },
      'fromDay overlaps: there is a stand-in from Sun 20 Dec to Thu 24 Dec',
    ],
    [
      'around another', { untilDay: '2027-01-31' },
      'fromDay overlaps: there is a stand-in from Sun 20 Dec to Thu 24 Dec',
    ],
    ['between others', { fromDay: '2026-12-12', untilDay: '2026-12-19' }, undefined],
  ])('%s', (_, more, fault) => {
    const others = [{ ...absence, fromDay: '2026-12-20', untilDay: '2026-12-24' }];
    const wanted = { ...absence, ...more };
    if (wanted.fromDay === '2026-12-20') wanted.untilDay = '2026-12-31';
    const found = faultOfAbsence(wanted, others, today);
    expect(found && `${found.field} ${found.why}`).toBe(fault);
  });
});

describe('a step of somebody who is away', () => {
  const step = aStep({ assigneeIds: [ids.dana], standIns: [{ ...ofPat, for: ofDana }] });
  const instance = anInstance({ steps: [step], requesterId: ids.admin });

  it('is decided by the stand-in too, in their place; both are told of it', () => {
    expect([whyNotDecide(step, instance, pat, now), whyNotDecide(step, instance, dana, now)])
      .toEqual([undefined, undefined]);
    expect([inPlaceOf(step, pat), inPlaceOf(step, dana)]).toEqual([ofDana, null]);
    expect(toldOf(step)).toEqual([ids.dana, ids.pat]);
  });

  it('is not decided by who asked for it, nor handed on by the stand-in', () => {
    const own = { ...instance, requesterId: ids.pat };
    expect(refusalToDecide(step, own, pat, now)?.code).toBe('forbidden');
    expect(refusalToDelegate(step, instance, pat, now)).toEqual({
      code: 'forbidden', why: 'Only Dana Okafor (Sales engineer) may hand Sales engineer approval over',
    });
  });
});

describe('a step that is handed over', () => {
  const step = aStep({ assigneeIds: [ids.dana] });
  const instance = anInstance({ steps: [step], requesterId: ids.sam });
  const handed = aStep({
    role: 'SALESPERSON', openTo: ['SALESPERSON'], assigneeIds: [ids.pat], handedBy: [ids.dana], status: 'delegated',
    delegations: [
      { id: ids.phase, from: ofDana, to: ofPat, at: '2026-11-24T09:00:00.000Z', comment: null, stepVersion: 1 },
    ],
  });

  it('may be by its approver, as long as it is to be decided', () => {
    expect(refusalToDelegate(step, instance, dana, now)).toBeUndefined();
    expect(refusalToDelegate(step, instance, pat, now)?.code).toBe('forbidden');
    expect(refusalToDelegate({ ...step, status: 'approved' }, instance, dana, now)?.code).toBe('conflict');
    expect(refusalToDelegate(step, { ...instance, status: 'cancelled' }, dana, now)?.code).toBe('conflict');
  });

  it('is not chosen by who asked, and does not go to oneself or to them', () => {
    expect(refusalToDelegate(step, { ...instance, requesterId: ids.dana }, dana, now)?.code).toBe('forbidden');
    expect(whyNotDelegateTo(ids.dana, instance, dana)).toBe('must be somebody else');
    expect(whyNotDelegateTo(ids.sam, instance, dana)).toBe('asked for this approval and may not decide it');
    expect(whyNotDelegateTo(ids.sam, { ...instance, excludeRequester: false }, dana)).toBeUndefined();
    expect(whyNotDelegateTo(ids.pat, instance, dana)).toBeUndefined();
  });

  it('is decided by the delegate for the other one, who no longer does, also with the role', () => {
    const facts = { ...instance, steps: [handed], requesterId: ids.admin };
    expect([whyNotDecide(handed, facts, pat, now), inPlaceOf(handed, pat)]).toEqual([undefined, ofDana]);
    expect(refusalToDecide(handed, facts, dana, now)?.code).toBe('forbidden');
    expect([whyNotDecide(handed, facts, sam, now), inPlaceOf(handed, sam)]).toEqual([undefined, null]);
  });
});
