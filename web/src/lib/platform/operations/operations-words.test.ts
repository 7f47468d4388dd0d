import { expect, it } from '@jest/globals';
import { byType, lagText, openCount } from './operations-words.ts';

it('counts become a row for each type', () => {
  const rows = byType([
    { type: 'launch', status: 'failed', count: 1, stuck: 1 },
    { type: 'povLifecycle', status: 'waiting', count: 4, stuck: 2 },
    { type: 'povLifecycle', status: 'closed', count: 9, stuck: 0 },
  ]);
  expect(rows.map(r => [r.type, r.counts.waiting, r.counts.failed, r.counts.closed, r.stuck])).toEqual([
    ['launch', 0, 1, 0, 1],
    ['povLifecycle', 4, 0, 9, 2],
  ]);
  expect(openCount(rows)).toBe(5);
});

it.each([
  [0, 0, 'all delivered'],
  [3, 4.4, 'oldest 4 s'],
  [3, 240, 'oldest 4 min'],
])('%d events, %d s: %s', (waiting, oldestSeconds, text) => {
  expect(lagText({ waiting, oldestSeconds, dead: 0 })).toBe(text);
});
