import { describe, expect, it } from '@jest/globals';
import { MilestoneStatus, statusAfter, statusByDate } from './milestone.ts';

it('[POV-029] knows these statuses', () =>
  expect(MilestoneStatus.options).toEqual(['PENDING', 'COMPLETED', 'OVERDUE']));

describe('[POV-030] the date of a milestone', () => {
  it.each([
    ['PENDING', 100, 99, 'PENDING'],
    ['PENDING', 100, 100, 'OVERDUE'],
    ['OVERDUE', 100, 101, 'OVERDUE'],
    ['COMPLETED', 100, 101, 'COMPLETED'],
  ] as const)('%s due at %i is at %i %s', (status, due, now, then) =>
    expect(statusByDate(status, due, now)).toBe(then),
  );

  it.each([
    ['a later date opens it again', 'OVERDUE', undefined, 200, 'PENDING'],
    ['an earlier one waits for its process', 'PENDING', undefined, 50, 'PENDING'],
    ['done stays done', 'COMPLETED', undefined, 200, 'COMPLETED'],
    ['done by hand', 'OVERDUE', 'COMPLETED', 50, 'COMPLETED'],
    ['reopened by hand', 'COMPLETED', 'PENDING', 50, 'PENDING'],
    ['not overdue before its date', 'PENDING', 'OVERDUE', 200, 'PENDING'],
  ] as const)('%s', (...[, before, asked, due, after]) => expect(statusAfter(before, asked, due, 100)).toBe(after));
});
