import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Instance } from '../../../domain/approvals/instance.ts';
import type { Notification } from '../../../domain/platform/notification.ts';
import type { ProcessView } from '../../../domain/platform/process.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';

const path = '/api/workflows/instances';
let app: App, manager: Client, sales: Client;

beforeAll(async () => {
  app = await bootApp();
  [manager, sales] = await Promise.all([app.as('manager'), app.as('sales')]);
});
afterAll(() => app?.stop());

async function start(body: object): Promise<string> {
  const steps = [{ name: 'Engineer', role: 'SALES_ENGINEER', assigneeIds: [sales.userId] }];
  const reference = { referenceType: 'invoice', referenceId: randomUUID() };
  const { body: instance } = await manager.post<Instance>(path, { ...reference, title: 'Setup', steps, ...body });
  await app.settled();
  return instance.id;
}
const process = async (id: string) => (await manager.get<ProcessView>(`/api/processes/wf-${id}`)).body;
const templates = async (by: Client, id: string) =>
  (await by.get<{ items: Notification[] }>('/api/notifications?pageSize=100&sort=createdAt')).body.items
    .filter(n => n.referenceId === id)
    .map(n => n.templateId);

describe('an approval over time', () => {
  it('[PLT-052] says what it waits for, shows its future, and reminds after a day, then every second day', async () => {
    const id = await start({});
    const before = await process(id);
    expect(before.waitingFor?.sentence).toBe(
      'Waiting for Sales Example (Sales engineer) to approve Setup since Tue 24 Nov 09:00; ' +
        'reminder on Wed 25 Nov 09:00.',
    );
    expect(before.future.map(f => f.kind)).toEqual(['timer', 'escalation', 'escalation']);
    await app.advance({ by: 'PT72H' });
    expect(await templates(sales, id)).toEqual(['approval-request', 'approval-reminder', 'approval-reminder']);
    const after = await process(id);
    expect(after.waitingFor?.until).toBe('2026-11-29T09:00:00.000Z');
    expect(after.timeline.map(t => t.event)).toEqual([
      'workflow.instance.started',
      'workflow.step.opened',
      'workflow.step.reminded',
      'workflow.step.reminded',
    ]);
  });

  it('[APR-041] becomes overdue, is told, and can still be decided', async () => {
    const id = await start({ dueInHours: 2 });
    await app.advance({ by: 'PT3H' });
    expect((await manager.get<Instance>(`${path}/${id}`)).body).toMatchObject({
      isOverdue: true,
      status: 'in_progress',
    });
    expect(await templates(manager, id)).toEqual(['approval-overdue']);
    const breaches = '/api/events?name=workflow.sla_breached&limit=100';
    const { body: told } = await manager.get<{ items: { entityId: string }[] }>(breaches);
    expect(told.items.filter(e => e.entityId === id)).toHaveLength(1);
    expect((await sales.post<Instance>(`${path}/${id}/approve`)).body.status).toBe('completed');
  });

  it('[APR-040] ends at its deadline as rejected if it says so, once', async () => {
    const id = await start({ dueInHours: 2, whenDue: 'expired' });
    await app.advance({ by: 'PT2H' });
    expect((await manager.get<Instance>(`${path}/${id}`)).body).toMatchObject({
      status: 'rejected',
      steps: [{ status: 'expired' }],
    });
    expect(await templates(manager, id)).toEqual(['approval-decided']);
    expect((await sales.post(`${path}/${id}/approve`)).status).toBe(409);
    expect(await process(id)).toMatchObject({ status: 'closed', result: 'rejected', waitingFor: null });
  });
});
