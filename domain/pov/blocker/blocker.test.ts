import { describe, expect, it } from '@jest/globals';
import { isCritical, isResolved, markBlocker } from './blocker.ts';

type Marks = Parameters<typeof markBlocker>[1];
const cases: [string, Parameters<typeof markBlocker>[0], Marks, unknown][] = [
  ['a text that is neither stays a text', 'VPN', { critical: false, resolved: false }, 'VPN'],
  ['a text becomes critical', 'VPN', { critical: true, resolved: false }, { title: 'VPN', critical: true }],
  [
    'what else is known stays',
    { name: 'VPN', owner: 'IT', severity: 'CRITICAL', status: 'open' },
    { critical: true, resolved: true },
    { name: 'VPN', owner: 'IT', severity: 'CRITICAL', status: 'resolved', resolved: true },
  ],
  [
    'what was resolved in another word is open again',
    { title: 'VPN', open: false, status: 'Done' },
    { critical: false, resolved: false },
    { title: 'VPN', open: true, status: 'open', resolved: false },
  ],
  [
    'what was critical in another word no longer is',
    { title: 'VPN', priority: 'critical' },
    { critical: false, resolved: false },
    { title: 'VPN', priority: 'high', critical: false },
  ],
];

describe('a blocker that is marked', () => {
  it.each(cases)('[POV-004] %s', (_, blocker, marks, wanted) => {
    const marked = markBlocker(blocker, marks);
    expect(marked).toEqual(wanted);
    expect({ critical: isCritical(marked), resolved: isResolved(marked) }).toEqual(marks);
  });
});
