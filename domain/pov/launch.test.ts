import { describe, expect, it } from '@jest/globals';
import { LaunchTicks, newChecklist, ticked, ticksOf, whyNotConfirm, whyNotInitiate } from './launch.ts';

it('[POV-044] starts with these five items, all open', () =>
  expect(newChecklist()).toEqual({
    items: [
      { key: 'teamConfirmed', label: 'Team members confirmed', completed: false },
      { key: 'phasesReviewed', label: 'All phases reviewed', completed: false },
      { key: 'budgetApproved', label: 'Budget approved', completed: false },
      { key: 'resourcesAllocated', label: 'Resources allocated', completed: false },
      { key: 'detailsConfirmed', label: 'Details confirmed', completed: false },
    ],
  }));

describe('[POV-045] ticking', () => {
  const { items } = newChecklist();
  const done = (ticks: { key: string; completed: boolean }[]) =>
    ticked(items, ticks)
      .filter(i => i.completed)
      .map(i => i.key);
  it('ignores unknown keys and leaves the others', () =>
    expect(
      done([
        { key: 'budgetApproved', completed: true },
        { key: 'nope', completed: true },
      ]),
    ).toEqual(['budgetApproved']));
  it('takes the last word of a key', () =>
    expect(
      done([
        { key: 'budgetApproved', completed: true },
        { key: 'budgetApproved', completed: false },
      ]),
    ).toEqual([]));
  it('takes a bare list and one with a version', () => {
    const list = [{ key: 'a', completed: true }];
    expect(ticksOf(LaunchTicks.parse(list))).toEqual({ items: list });
    expect(ticksOf(LaunchTicks.parse({ items: list, version: 3 }))).toEqual({ items: list, version: 3 });
  });
});

describe('[POV-046] confirming', () => {
  const launch = (open: number, confirmed = false) => ({
    confirmed,
    checklist: { items: newChecklist().items.map((item, i) => ({ ...item, completed: i >= open })) },
  });
  it.each([
    [launch(1), 'All checklist items must be completed before launch'],
    [launch(5), 'All checklist items must be completed before launch'],
    [launch(0), undefined],
    [launch(0, true), 'The launch is already confirmed'],
  ])('case %#', (l, why) => expect(whyNotConfirm(l)).toBe(why));
});

it('[POV-049] a POV is launched once, and not after its end', () => {
  expect(whyNotInitiate('PROJECTED', null)).toBeUndefined();
  expect(whyNotInitiate('PROJECTED', { confirmed: false })).toBe('The launch is already open');
  expect(whyNotInitiate('IN_PROGRESS', { confirmed: true })).toBe('The launch is already confirmed');
  expect(whyNotInitiate('LOST', null)).toBe('The POV is lost');
});
