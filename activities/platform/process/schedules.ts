import { ScheduleAlreadyRunning, ScheduleOverlapPolicy, type ScheduleOptions } from '@temporalio/client';
import { log } from '../log.ts';
import type { Engine } from '../engine.ts';

/** A workflow that starts by itself, without input, again and again. */
export interface Scheduled {
  id: string;
  workflowType: string;
  everyMinutes: number;
}
export const schedules: Scheduled[] = [
  { id: 'reconcile', workflowType: 'reconcile', everyMinutes: 10 },
  { id: 'retention', workflowType: 'retention', everyMinutes: 60 },
  { id: 'nightly-scoring', workflowType: 'nightlyScoring', everyMinutes: 60 },
];

/** Whether an execution of this id was started by one of them. */
export const isScheduled = (workflowId: string): boolean =>
  schedules.some(({ id }) => workflowId.startsWith(`${id}-workflow-`));

/** Schedules are owned by the code: made, or made to agree with it, at the worker's start. */
export async function ensureSchedules(engine: Engine): Promise<void> {
  for (const scheduled of schedules) await ensureSchedule(engine, scheduled);
}

/** Whether ops paused it is theirs: that stays as it is. */
export async function ensureSchedule({ client, taskQueue }: Engine, scheduled: Scheduled): Promise<void> {
  const options = optionsOf(scheduled, taskQueue);
  try {
    await client.schedule.create({ scheduleId: scheduled.id, ...options });
    log.info({ schedule: scheduled.id }, 'schedule created');
  } catch (e) {
    if (!(e instanceof ScheduleAlreadyRunning)) throw e;
    const handle = client.schedule.getHandle(scheduled.id);
    const { spec, action } = await handle.describe();
    const agrees =
      spec.intervals?.length === 1 &&
      spec.intervals[0]!.every === scheduled.everyMinutes * 60_000 &&
      action.workflowType === scheduled.workflowType &&
      action.taskQueue === taskQueue;
    if (agrees) return;
    await handle.update(({ state }) => ({ ...options, state }));
    log.info({ schedule: scheduled.id }, 'schedule changed');
  }
}

const optionsOf = ({ workflowType, everyMinutes }: Scheduled, taskQueue: string) =>
  ({
    spec: { intervals: [{ every: everyMinutes * 60_000 }], jitter: '30s' },
    policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '10m' },
    action: { type: 'startWorkflow', workflowType, taskQueue, args: [], workflowExecutionTimeout: '30m' },
  }) satisfies Omit<ScheduleOptions, 'scheduleId'>;
