import { openEngine } from '../../activities/platform/engine.ts';
import { schedules } from '../../activities/platform/process/schedules.ts';

/**
 * Makes the product's schedules, paused; the workers of all suites leave them so, as they do where ops paused them. The
 * check of all processes would begin again what a test has just ended, and those of the night what nobody asked for:
 * now and then, since a schedule runs by the clock of the machine. A test that wants one runs it.
 */
export async function pauseSchedules(address: string): Promise<void> {
  const { client, close } = openEngine({ address, namespace: 'default', taskQueue: 'nobody-listens' });
  try {
    for (const { id: scheduleId, workflowType, everyMinutes } of schedules)
      await client.schedule.create({
        scheduleId,
        spec: { intervals: [{ every: everyMinutes * 60_000 }] },
        action: { type: 'startWorkflow', workflowType, taskQueue: 'nobody-listens', args: [] },
        state: { paused: true, note: 'Tests run them by hand' },
      });
  } finally {
    await close();
  }
}
