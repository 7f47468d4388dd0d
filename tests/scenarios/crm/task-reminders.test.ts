import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Task } from '../../../domain/crm/activity/task.ts';
import type { ProcessView } from '../../../domain/platform/process.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { newTask, toldOf } from '../../kit/crm.fixture.ts';
import { brokenAfter } from '../../kit/faults/broken-after.ts';
import { spawnWorker } from '../../kit/worker-process.ts';

const path = '/api/crm/tasks';
let app: App, manager: Client, sales: Client;
beforeAll(async () => {
  app = await bootApp();
  [manager, sales] = await Promise.all([app.as('manager'), app.as('sales')]);
});
afterAll(() => app?.stop());

const now = async (): Promise<number> =>
  Date.parse((await (await app.as('admin')).get<{ now: string }>('/api/sandbox/clock')).body.now);
const inMinutes = async (minutes: number): Promise<string> => new Date((await now()) + minutes * 60_000).toISOString();
const change = async (task: Task, fields: object): Promise<void> => {
  expect((await manager.patch(`${path}/${task.id}`, fields)).status).toBe(200);
  await app.settled();
};
const process = async (id: string): Promise<ProcessView> =>
  (await manager.get<ProcessView>(`/api/processes/task-reminder-${id}`)).body;

describe('the reminder of a task', () => {
  it('[CRM-084] comes once at its time, and once more when the task is overdue', async () => {
    const task = await newTask(manager, { reminderAt: await inMinutes(5), dueDate: await inMinutes(60) });
    await app.settled();
    expect(await toldOf(manager, task.id)).toEqual([]);
    await app.advance({ by: 'PT5M' });
    expect(await toldOf(manager, task.id)).toEqual(['task-reminder']);
    await app.advance({ by: 'PT1H' });
    await app.advance({ by: 'P1D' });
    expect(await toldOf(manager, task.id)).toEqual(['task-reminder', 'task-overdue']);
  });

  it('[CRM-084] moves with its time, also after it came', async () => {
    const task = await newTask(manager, { reminderAt: await inMinutes(5) });
    await app.settled();
    await change(task, { reminderAt: await inMinutes(30) });
    await app.advance({ by: 'PT10M' });
    expect(await toldOf(manager, task.id)).toEqual([]);
    await app.advance({ by: 'PT20M' });
    expect(await toldOf(manager, task.id)).toEqual(['task-reminder']);
    await change(task, { reminderAt: await inMinutes(10) });
    await app.advance({ by: 'PT10M' });
    expect(await toldOf(manager, task.id)).toEqual(['task-reminder', 'task-reminder']);
  });

  it('[CRM-084] moves along when the task is put off, and is not said again when that is taken back', async () => {
    const [reminderAt, dueDate] = [await inMinutes(5), await inMinutes(60)];
    const reminded = async (): Promise<number> =>
      (await toldOf(manager, task.id)).filter(told => told === 'task-reminder').length;
    const at = async (): Promise<string | null> => (await manager.get<Task>(`${path}/${task.id}`)).body.reminderAt;
    const task = await newTask(manager, { reminderAt, dueDate });
    const [later, putOff] = [await inMinutes(35), await inMinutes(90)];
    await app.settled();
    await app.advance({ by: 'PT5M' });
    await change(task, { dueDate: putOff });
    expect([await at(), await reminded()]).toEqual([later, 1]);
    await app.advance({ by: 'PT30M' });
    expect(await reminded()).toBe(2);
    await change(task, { dueDate });
    expect([await at(), await reminded()]).toEqual([reminderAt, 2]);
    const own = await inMinutes(1000);
    await change(task, { dueDate: putOff, reminderAt: own });
    expect(await at()).toBe(own);
    await change(task, { dueDate: null });
    expect(await at()).toBe(own);
  });

  it('says in one sentence what it waits for, and what comes then', async () => {
    const task = await newTask(manager, { title: 'Call Kari', reminderAt: await inMinutes(5) });
    await app.settled();
    const { waitingFor, future, status } = await process(task.id);
    expect(status).toBe('waiting');
    expect(waitingFor!.sentence).toMatch(
      /^Waiting for .+ to finish Call Kari since .+, with no deadline; on .+ is reminded\.$/,
    );
    expect(future).toHaveLength(1);
  });

  it('ends with the task and begins again when that is reopened or restored', async () => {
    const task = await newTask(manager, { reminderAt: await inMinutes(5) });
    await change(task, { status: 'completed' });
    expect(await process(task.id)).toMatchObject({ status: 'closed', result: 'COMPLETED' });
    await change(task, { status: 'in_progress' });
    expect(await process(task.id)).toMatchObject({ status: 'waiting' });
    await manager.delete(`${path}/${task.id}`);
    await app.settled();
    expect(await process(task.id)).toMatchObject({ status: 'closed', result: 'DELETED' });
    await app.advance({ by: 'PT10M' });
    expect(await toldOf(manager, task.id)).toEqual([]);
    await manager.post(`${path}/${task.id}/restore`);
    await app.settled();
    expect(await toldOf(manager, task.id)).toEqual(['task-reminder']);
  });

  it('goes to whoever has the task when its time comes', async () => {
    const task = await newTask(manager, { reminderAt: await inMinutes(5) });
    await change(task, { assigneeId: sales.userId });
    await app.advance({ by: 'PT5M' });
    expect(await toldOf(sales, task.id)).toEqual(['task-assigned', 'task-reminder']);
    expect(await toldOf(manager, task.id)).toEqual([]);
  });

  it('has a process where there is something to wait for, one, however often it is asked for', async () => {
    const task = await newTask(manager);
    expect((await manager.get(`/api/processes/task-reminder-${task.id}`)).status).toBe(404);
    expect((await manager.post('/api/processes/taskReminder', { taskId: task.id })).status).toBe(409);
    await change(task, { dueDate: await inMinutes(5) });
    for (let n = 0; n < 2; n += 1) {
      const again = await manager.post('/api/processes/taskReminder', { taskId: task.id });
      expect(again.status).toBeLessThan(300);
    }
    await app.advance({ by: 'PT5M' });
    expect(await toldOf(manager, task.id)).toEqual(['task-overdue']);
  });

  it('[CRM-084] comes once, though the worker is killed right after it was written', async () => {
    const task = await newTask(manager, { reminderAt: await inMinutes(5) });
    await app.settled();
    await app.stopWorker();
    const worker = await spawnWorker(app, { killAfter: 'remindAssignee:1' });
    await (await app.as('admin')).post('/api/sandbox/clock/advance', { by: 'PT5M' });
    expect(await worker.ended).toBe('SIGKILL');
    await app.startWorker();
    await app.settled();
    expect(await toldOf(manager, task.id)).toEqual(['task-reminder']);
    expect(await brokenAfter(app)).toEqual([]);
  }, 120_000);
});
