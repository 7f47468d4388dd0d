import { describe, expect, it } from '@jest/globals';
import { launchPlan, type LaunchState } from './launch-plan.ts';

const at = (text: string): number => Date.parse(`${text}Z`);
const now = at('2026-11-24T09:00');
const state = (launch: Partial<LaunchState['launch']> = {}, pov: Partial<LaunchState['pov']> = {}): LaunchState => ({
  timeZone: 'UTC',
  launch: {
    id: 'l',
    confirmed: false,
    since: at('2026-11-23T09:00'),
    checkedAt: now,
    reminded: false,
    open: ['Details confirmed'],
    total: 5,
    ...launch,
  },
  pov: {
    title: 'Acme',
    status: 'PROJECTED',
    startDate: at('2026-11-30T08:00'),
    deleted: false,
    ownerId: 'dana',
    ownerName: 'Dana Okafor',
    ...pov,
  },
});

describe('[POV-048] a launch', () => {
  it('waits for its checklist, and reminds on the day the POV should start', () => {
    const plan = launchPlan(state(), now);
    expect(plan).toMatchObject({
      step: null,
      stage: 'Checklist',
      wakeAt: at('2026-11-30T08:00'),
      needsHuman: true,
      closed: null,
    });
    expect(plan.waitingFor?.sentence).toBe(
      'Waiting for the launch checklist (1 of 5 items open: Details confirmed) since Mon 23 Nov 09:00, ' +
        'until its planned start on Mon 30 Nov; then Dana Okafor is reminded.',
    );
    expect(plan.future.map(e => e.kind)).toEqual(['timer']);
    expect(launchPlan(state(), at('2026-11-30T08:00')).step).toEqual({ do: 'remindLauncher', launchId: 'l' });
  });

  it('waits for the confirmation when all is done', () => {
    const plan = launchPlan(state({ open: [], reminded: true }), now);
    expect(plan.waitingFor?.sentence).toBe(
      'Waiting for Dana Okafor to confirm the launch (all 5 items are done) since Tue 24 Nov 09:00, ' +
        'until its planned start on Mon 30 Nov; then it starts late.',
    );
    expect(plan).toMatchObject({ stage: 'Confirmation', wakeAt: null, future: [] });
  });

  it('says when it is late, and that it has no deadline when its start was past before', () => {
    const late = at('2026-12-01T08:00');
    expect(launchPlan(state({ reminded: true }), late).waitingFor?.sentence).toBe(
      'Waiting for the launch checklist (1 of 5 items open: Details confirmed) since Mon 23 Nov 09:00, ' +
        'late since its planned start on Mon 30 Nov; afterwards the launch is to be confirmed.',
    );
    expect(launchPlan(state({ open: [] }, { startDate: at('2026-11-01T00:00') }), now).waitingFor?.sentence).toBe(
      'Waiting for Dana Okafor to confirm the launch (all 5 items are done) since Tue 24 Nov 09:00, ' +
        'with no deadline; afterwards Acme is in progress.',
    );
  });

  it('does not remind of a start that was past when it was opened', () => {
    expect(launchPlan(state({}, { startDate: at('2026-11-01T00:00') }), now)).toMatchObject({
      step: null,
      wakeAt: null,
    });
  });

  it.each([
    ['confirmed', state({ confirmed: true, open: [] }), 'CONFIRMED'],
    ['POV lost', state({}, { status: 'LOST' }), 'CANCELLED'],
    ['POV deleted', state({}, { deleted: true }), 'CANCELLED'],
  ])('ends: %s', (_, s, closed) => expect(launchPlan(s, now)).toMatchObject({ closed, step: null, waitingFor: null }));
});
