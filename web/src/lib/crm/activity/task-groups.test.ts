import { expect, it } from '@jest/globals';
import type { Task } from '#domain/crm/activity/task.ts';
import { byDue, snoozes } from './task-groups.ts';

const now = Date.parse('2026-11-24T22:30:00Z'), zone = 'Europe/Berlin';
const due = (title: string, dueDate: string | null): Task => ({ title, dueDate }) as Task;

it('tasks stand by when they are due, in the days of the workspace', () => {
  const tasks = [
    due('past', '2026-11-24T22:00:00Z'), due('tonight', '2026-11-24T22:59:59Z'),
    due('tomorrow', '2026-11-24T23:00:00Z'), due('some day', null),
  ];
  expect(byDue(tasks, now, zone).map(g => [g.name, ...g.tasks.map(t => t.title)])).toEqual([
    ['Overdue', 'past'], ['Today', 'tonight'], ['Later', 'tomorrow'], ['No date', 'some day'],
  ]);
  expect(byDue([], now, zone)).toEqual([]);
});

it('a task is put off to the end of a day, or to its own time of that day', () => {
  expect(snoozes(now, zone).map(s => s.dueDate)).toEqual([
    '2026-11-25T22:59:59.000Z', '2026-11-27T22:59:59.000Z', '2026-12-01T22:59:59.000Z',
  ]);
  expect(snoozes(now, zone, '2026-11-20T13:30:00.000Z')[0]!.dueDate).toBe('2026-11-25T13:30:00.000Z');
});
