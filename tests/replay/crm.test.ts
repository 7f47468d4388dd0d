import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DuplicatePair, DuplicateScan } from '../../domain/crm/duplicate/scan.contract.ts';
import type { Task } from '../../domain/crm/activity/task.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { newContact } from '../kit/crm.fixture.ts';
import { newRule, ofField, scored } from '../kit/crm/scoring.fixture.ts';
import { bundleOfNow, ended, filled, replay } from '../kit/histories.ts';

const path = '/api/crm/tasks';
let app: App, manager: Client, code: string;
beforeAll(async () => {
  app = await bootApp();
  manager = await app.as('manager');
  code = await bundleOfNow();
});
afterAll(() => app?.stop());

const at = (hour: number): string => `2026-11-24T${`${hour}`.padStart(2, '0')}:00:00.000Z`;
async function newTask(more: object): Promise<string> {
  const { body } = await manager.post<Task>(path, { title: 'Send the offer', ...more });
  await app.settled();
  return body.id;
}
const replayed = async (id: string, result: string, name: string): Promise<void> =>
  replay(await ended(app, `task-reminder-${id}`, result, `taskReminder.${name}`), code);

describe('[APR-052] what the reminders of a task did replays on the code of now', () => {
  it('after a task that was completed, one that was deleted, and one that lost its dates', async () => {
    const [completed, deleted, undated] = [
      await newTask({ reminderAt: at(10), dueDate: at(12) }),
      await newTask({ reminderAt: at(10), dueDate: at(12) }),
      await newTask({ dueDate: at(11) }),
    ];
    await app.advance({ to: at(10) });
    await manager.patch(`${path}/${deleted}`, { reminderAt: at(11) });
    await app.advance({ to: at(13) });
    await manager.patch(`${path}/${completed}`, { status: 'completed' });
    await manager.delete(`${path}/${deleted}`);
    await manager.patch(`${path}/${undated}`, { dueDate: null });
    await replayed(completed, 'COMPLETED', 'reminded-and-completed');
    await replayed(deleted, 'DELETED', 'moved-and-deleted');
    await replayed(undated, 'UNDATED', 'overdue-and-undated');
  });

  it('after it continued as new, with nothing carried over', async () => {
    const id = await newTask({ dueDate: '2026-12-24' });
    await replay(await filled(app, `task-reminder-${id}`, 'taskPlanned', 'taskReminder.continued-as-new'), code);
    await manager.patch(`${path}/${id}`, { status: 'cancelled' });
    await replayed(id, 'CANCELLED', 'after-continue-as-new');
  });
});

describe('[APR-052] what a scan for duplicates did replays on the code of now', () => {
  it('after it compared every record, and found who is there twice', async () => {
    const lastName = 'Fischer';
    const [first, second] = [
      await newContact(manager, { firstName: 'Jon', lastName, workPhone: '555-123-4567' }),
      await newContact(manager, { firstName: 'John', lastName, workPhone: '555-123-4567' }),
    ];
    const { body } = await manager.post<{ id: string }>('/api/duplicate-scans', {});
    await app.settled();
    await replay(await ended(app, `duplicate-scan-${body.id}`, 'DONE', 'duplicateScan.done'), code);
    const scans = await manager.get<{ items: DuplicateScan[] }>('/api/duplicate-scans');
    expect(scans.body.items[0]).toMatchObject({ id: body.id, status: 'done', done: 2, total: 2, found: 1 });
    const pairs = await manager.get<{ items: DuplicatePair[] }>('/api/duplicates');
    expect(pairs.body.items).toMatchObject([
      { score: 80, first: { id: first.id }, second: { id: second.id }, reasons: ['Similar name', 'Same phone number'] },
    ]);
  });
});

describe('[APR-052] what a scoring of all contacts did replays on the code of now', () => {
  it('after every contact was scored by the rules of now', async () => {
    await newContact(manager, { firstName: 'Kit' });
    await newRule(manager, 10, ofField('firstName', 'eq', 'Kit'));
    const { id, changed } = await scored(manager);
    await replay(await ended(app, `lead-scoring-${id}`, 'DONE', 'leadScoring.done'), code);
    expect(changed).toBe(1);
  });
});
