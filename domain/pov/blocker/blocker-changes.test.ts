import { expect, it } from '@jest/globals';
import { blockerChanges, blockerName } from './blocker-changes.ts';

it.each([
  ['VPN', 'VPN'],
  [{ title: ' VPN ' }, 'VPN'],
  [{ name: 'VPN', text: 'x' }, 'VPN'],
  [{ severity: 'high' }, '{"severity":"high"}'],
])('[PLT-064] a blocker %j is called %s', (blocker, name) => expect(blockerName(blocker)).toBe(name));

it('[PLT-064] of a list of blockers those are told that changed, came or went', () => {
  const crane = { title: 'Crane', vendor: 'K' };
  expect(blockerChanges(['VPN', crane, 'Permit'], [crane, { title: 'VPN', resolved: true }, 'Power'])).toEqual([
    { name: 'VPN', from: 'VPN', to: { title: 'VPN', resolved: true } },
    { name: 'Power', from: null, to: 'Power' },
    { name: 'Permit', from: 'Permit', to: null },
  ]);
  expect(blockerChanges(['A', 'A'], ['A'])).toEqual([{ name: 'A', from: 'A', to: null }]);
  expect(blockerChanges([], [])).toEqual([]);
});
