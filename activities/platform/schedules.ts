import { ScheduleAlreadyRunning, ScheduleOverlapPolicy } from '@temporalio/client';
import { log } from './log.ts';
import type { Engine } from './engine.ts';

/** Schedules are owned by the code: made at the worker's start, idempotent. */
export async function ensureSchedules({ client, taskQueue }: Engine): Promise<void> {
  try {
    await client.schedule.create({
      scheduleId: 'reconcile',
      spec: { intervals: [{ every: '10m' }], jitter: '30s' },
      policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10m' },
      action: {
        type: 'startWorkflow',
        workflowType: 'reconcile',
        taskQueue,
        args: [],
        workflowExecutionTimeout: '30m',
      },
    });
    log.info('schedule "reconcile" created');
  } catch (e) {
    if (!(e instanceof ScheduleAlreadyRunning)) throw e;
  }
}
