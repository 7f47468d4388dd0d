import { expect, it } from '@jest/globals';
import { sayCounts } from './job-counts.ts';

it('a dry run says what is to come, and a run what came of it', () => {
  const counts = { created: 2, skipped: 0, failed: 1200 };
  expect(sayCounts({ counts, mode: 'check' })).toBe('2 to create, 1,200 with errors');
  expect(sayCounts({ counts, mode: 'run' })).toBe('2 created, 1,200 failed');
  expect(sayCounts({ counts: { undone: 3 }, mode: 'undo' })).toBe('3 undone');
  expect(sayCounts({ counts: {}, mode: 'check' })).toBe('');
});
