import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { InstanceDetail } from '../../../domain/approvals/instance.contract.ts';
import type { Instance } from '../../../domain/approvals/instance.ts';
import type { Notification } from '../../../domain/platform/notification.ts';
import type { ProcessView } from '../../../domain/platform/process.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Answer, Client, ProblemBody } from '../../kit/client.ts';

const path = '/api/workflows/instances';
type Decided = Instance & Pick<ProblemBody, 'code' | 'detail'>;
let app: App, manager: Client, sales: Client, sales2: Client, admin: Client;

beforeAll(async () => {
  app = await bootApp();
  [manager, sales, sales2, admin] = (await Promise.all(
    ['manager', 'sales', 'sales2', 'admin'].map(name => app.as(name)),
  )) as [Client, Client, Client, Client];
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
      'Waiting for Sales Example (Sales engineer) to approve Setup since Tue 24 Nov 09:00, with no deadline; ' +
        'on Wed 25 Nov 09:00 a reminder goes out.',
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

describe('twenty decisions of two approvers, and the deadline, at once', () => {
  type Answers = Promise<Answer<Decided>[]>;
  /** Ten of each, every second one a rejection; each is a request of its own. */
  const decide = (id: string): Answers =>
    Promise.all(
      Array.from({ length: 20 }, (_, n) => {
        const word = n % 2 ? 'reject' : 'approve';
        return (n < 10 ? sales : sales2).post<Decided>(`${path}/${id}/${word}`, { comment: `Attempt ${n}` });
      }),
    );
  const deadline = (): Promise<void> => app.advance({ by: 'PT2H' });

  it.each<[string, (id: string) => Answers]>([
    ['decided first', async id => (await Promise.all([decide(id), deadline()]))[0]],
    ['the deadline first', async id => (await Promise.all([deadline(), decide(id)]))[1]],
    ['as soon as the clock is told', async id => {
      await admin.post('/api/sandbox/clock/advance', { by: 'PT2H' });
      return decide(id);
    }],
  ])('[APR-021] have one winner, of whom all others are told: %s', async (_, race) => {
    const steps = [{ name: 'Sales', role: 'SALESPERSON' }];
    const id = await start({ steps, dueInHours: 2, whenDue: 'expired' });
    const answers = await race(id);
    await app.settled();
    const won = answers.filter(a => a.status === 200);
    const { status, history } = (await admin.get<z.output<typeof InstanceDetail>>(`${path}/${id}`)).body;
    const [winner] = history;
    expect([won.length, history.length]).toEqual([winner!.by ? 1 : 0, 1]);
    expect(won.map(a => a.body.steps[0]!.comment)).toEqual(winner!.by ? [winner!.comment] : []);
    expect(status).toBe(winner!.decision === 'approved' ? 'completed' : 'rejected');
    const why = winner!.by
      ? `^Sales is already ${winner!.decision} by ${winner!.by.name} on `
      : '^(Sales is already expired on|The time to decide ended on) ';
    for (const lost of answers.filter(a => a.status !== 200))
      expect([lost.status, lost.body.code, lost.body.detail]).toEqual([409, 'conflict', expect.stringMatching(why)]);
    expect(await process(id)).toMatchObject({ status: 'closed', result: status });
    expect((await templates(manager, id)).filter(t => t === 'approval-decided')).toHaveLength(1);
  });
});
