import { ScheduleAlreadyRunning } from '@temporalio/client';
import { openEngine } from '../../../activities/platform/engine.ts';
import { schedules } from '../../../activities/platform/process/schedules.ts';
import { until } from '../until.ts';

/**
 * Makes the product's schedules, paused; the workers of all suites leave them so, as they do where ops paused them. The
 * check of all processes would begin again what a test has just ended, and those of the night what nobody asked for:
 * now and then, since a schedule runs by the clock of the machine. A test that wants one runs it.
 */
export async function pauseSchedules(address: string): Promise<void> {
  const { client, close } = openEngine({ address, namespace: 'default', taskQueue: 'nobody-listens' });
  const make = ({ id: scheduleId, workflowType, everyMinutes }: (typeof schedules)[number]) =>
    client.schedule.create({
      scheduleId,
      spec: { intervals: [{ every: everyMinutes * 60_000 }] },
      action: { type: 'startWorkflow', workflowType, taskQueue: 'nobody-listens', args: [] },
      state: { paused: true, note: 'Tests run them by hand' },
    });
  let problem: unknown;
  const refused = (e: unknown): boolean => {
    problem = e;
    return e instanceof ScheduleAlreadyRunning;
  };
  try {
    for (const scheduled of schedules)
      // A server that is new takes a moment to know its namespace everywhere.
      await until('its schedules are made', () => make(scheduled).then(() => true, refused), 60_000);
  } catch (e) {
    throw problem ?? e;
  } finally {
    await close();
  }
}
