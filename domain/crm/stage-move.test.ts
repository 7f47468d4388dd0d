import { describe, expect, it } from '@jest/globals';
import type { OpportunityStage } from './opportunity-stage.ts';
import { inStage, whyNotInStage, type StagedBefore } from './stage-move.ts';

const stage = (key: string, more: Partial<OpportunityStage> = {}) =>
  ({ key, name: key, probability: 50, outcome: 'open' as const, requiredFields: [], ...more });
const [proposal, won, lost] = [stage('proposal'), stage('won', { outcome: 'won' }), stage('lost', { outcome: 'lost' })];
const before: StagedBefore = { stage: 'lead', probability: 10, lostReason: null, actualCloseDate: null, value: 0 };
const now = Date.parse('2027-03-01T10:00:00Z');
const at = '2027-03-01T10:00:00.000Z';

describe('an opportunity', () => {
  it.each([
    ['gets the probability of the stage it enters', proposal, {}, before, {
      stage: 'proposal', stageSince: at, probability: 50, actualCloseDate: null, lostReason: null,
    }],
    ['keeps the probability that is sent along', proposal, { probability: 60 }, before, {
      stage: 'proposal', stageSince: at, actualCloseDate: null, lostReason: null,
    }],
    ['stays as it is in its stage', stage('lead'), {}, before, {}],
    ['is won with 100 %, now', won, {}, before, {
      stage: 'won', stageSince: at, probability: 100, actualCloseDate: at, lostReason: null,
    }],
    ['was won when it is said to be', won, { actualCloseDate: '2027-02-01T00:00:00.000Z' }, before, {
      stage: 'won', stageSince: at, probability: 100, actualCloseDate: '2027-02-01T00:00:00.000Z', lostReason: null,
    }],
    ['stays closed when it was, whatever a replacement leaves out', won, { actualCloseDate: null },
      { ...before, stage: 'won', actualCloseDate: new Date(at) }, { probability: 100, actualCloseDate: at }],
    ['is lost with 0 %', lost, { lostReason: 'Price' }, before, {
      stage: 'lost', stageSince: at, probability: 0, actualCloseDate: at,
    }],
    ['is open again without what it was closed with', proposal, {},
      { ...before, stage: 'lost', lostReason: 'Price', actualCloseDate: at }, {
        stage: 'proposal', stageSince: at, probability: 50, actualCloseDate: null, lostReason: null,
      }],
  ])('%s', (_, to, sent, was, follows) => expect(inStage({ to, sent, before: was, now })).toEqual(follows));

  it.each([
    ['lost without a reason', lost, {}, before, ['/lostReason']],
    ['lost with the reason of another time', lost, {}, { ...before, lostReason: 'Price' }, ['/lostReason']],
    ['lost, its reason emptied', lost, { lostReason: null }, { ...before, stage: 'lost', lostReason: 'Price' },
      ['/lostReason']],
    ['open with a reason for losing it', proposal, { lostReason: 'Price' }, before, ['/lostReason']],
    ['open with a day of closing', proposal, { actualCloseDate: at }, before, ['/actualCloseDate']],
    ['won with a doubt', won, { probability: 90 }, before, ['/probability']],
    ['in a stage that asks for more', stage('x', { requiredFields: ['value', 'accountId'] }), { accountId: 'a' },
      before, ['/value']],
    ['emptied of what its stage asks for', stage('lead', { requiredFields: ['value'] }), { value: 0 },
      { ...before, value: 5 }, ['/value']],
  ])('is not %s', (_, to, sent, was, pointers) =>
    expect(whyNotInStage({ to, sent, before: was }).map(e => e.pointer)).toEqual(pointers));

  it('that lacked something before its stage asked for it may be changed otherwise', () => {
    const to = stage('lead', { requiredFields: ['value', 'accountId'] });
    expect(whyNotInStage({ to, sent: { description: 'x' }, before })).toEqual([]);
  });
});
