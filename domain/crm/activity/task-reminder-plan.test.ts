import { describe, expect, it } from '@jest/globals';
import { isWatched, movedReminder, taskReminderPlan, type TaskReminderState } from './task-reminder-plan.ts';

const hour = 3_600_000, now = Date.parse('2026-11-24T09:00:00Z');
const task = (more: Partial<TaskReminderState> = {}): TaskReminderState => ({
  timeZone: 'UTC', id: 't', title: 'Call Kari', status: 'todo', deleted: false, since: now, reminderAt: now + hour,
  dueDate: now + 3 * hour, reminded: false, overdueTold: false, assigneeId: 'u', assigneeName: 'Dana', ...more,
});

describe('the reminders of a task', () => {
  it('move along when it is put off or drawn forward, where both times are known', () => {
    const moved = (more: Partial<TaskReminderState>, due: number | null) => movedReminder(task(more), due);
    expect([moved({}, now + 27 * hour), moved({}, now + 2 * hour)]).toEqual([now + 25 * hour, now]);
    expect([moved({}, null), moved({ dueDate: null }, now)]).toEqual([now + hour, now + hour]);
    expect(moved({ reminderAt: null }, now)).toBe(null);
  });

  it('wait for the first of both times, and say what comes then', () => {
    const plan = taskReminderPlan(task(), now);
    expect(plan).toMatchObject({ step: null, wakeAt: now + hour, stage: 'Open', ownerId: 'u', needsHuman: true });
    expect(plan.waitingFor!.sentence).toBe(
      'Waiting for Dana to finish Call Kari since Tue 24 Nov 09:00, until Tue 24 Nov 12:00; '
      + 'on Tue 24 Nov 10:00 Dana is reminded.',
    );
    expect(plan.future.map(f => f.what)).toEqual([
      'If Call Kari is still open, Dana is reminded',
      'If Call Kari is still open, Dana is told that it is overdue',
    ]);
  });

  it.each<[string, Partial<TaskReminderState>, number, unknown]>([
    ['the reminder at its time', {}, 1, { about: 'reminder' }],
    ['nothing twice', { reminded: true }, 1, null],
    ['that it is overdue', { reminded: true }, 3, { about: 'overdue' }],
    ['nothing more after that', { reminded: true, overdueTold: true }, 9, null],
    ['what came first, where both are past', {}, 9, { about: 'reminder' }],
  ])('say %s', (_, more, hours, step) => {
    const plan = taskReminderPlan(task(more), now + hours * hour);
    if (step) expect(plan.step).toMatchObject(step);
    else expect(plan.step).toBeNull();
  });

  it.each<[string, Partial<TaskReminderState>]>([
    ['COMPLETED', { status: 'completed' }], ['CANCELLED', { status: 'cancelled' }], ['DELETED', { deleted: true }],
    ['UNDATED', { reminderAt: null, dueDate: null }],
  ])('end as %s', (closed, more) => expect(taskReminderPlan(task(more), now)).toMatchObject({ closed, step: null }));

  it('go on while a told task is open, with nothing to come', () => {
    const plan = taskReminderPlan(task({ reminded: true, overdueTold: true }), now + 4 * hour);
    expect(plan).toMatchObject({ closed: null, wakeAt: null, stage: 'Overdue', future: [] });
    expect(plan.waitingFor!.sentence).toMatch(/late since Tue 24 Nov 12:00; afterwards nothing more is sent\.$/);
  });

  it('are there for open tasks with a date alone', () => {
    const at = '2026-11-24';
    expect([
      isWatched({ status: 'todo', dueDate: at }), isWatched({ status: 'in_progress', reminderAt: at }),
      isWatched({ status: 'completed', dueDate: at }), isWatched({ status: 'todo' }),
      isWatched({ status: 'todo', dueDate: at, deletedAt: at }),
    ]).toEqual([true, true, false, false, false]);
  });
});
