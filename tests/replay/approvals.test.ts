import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Instance } from '../../domain/approvals/instance.ts';
import { bootApp, until, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { bundleOfNow, ended, filled, replay } from '../kit/histories.ts';

const path = '/api/workflows/instances';
let app: App, manager: Client, sales: Client, admin: Client, code: string;

beforeAll(async () => {
  app = await bootApp();
  [manager, sales, admin] = await Promise.all([app.as('manager'), app.as('sales'), app.as('admin')]);
  code = await bundleOfNow();
});
afterAll(() => app?.stop());

async function start(body: object = {}): Promise<string> {
  const steps = [{ name: 'Engineer', assigneeIds: [sales.userId] }];
  const reference = { referenceType: 'invoice', referenceId: randomUUID() };
  const { body: instance } = await manager.post<Instance>(path, { ...reference, title: 'Setup', steps, ...body });
  await app.settled();
  return instance.id;
}
const execution = (id: string) => app.engine.client.workflow.getHandle(`wf-${id}`);

/** Its history must replay, and be kept under that name. */
const replayed = async (id: string, result: string, name: string): Promise<void> =>
  replay(await ended(app, `wf-${id}`, result, `approval.${name}`), code);

describe('[APR-052] what an approval did replays on the code of now', () => {
  it('after a sequence with a skip', async () => {
    const steps = ['A', 'B'].map(name => ({ name, assigneeIds: [sales.userId] }));
    const id = await start({ steps, mode: 'sequence' });
    await sales.post(`${path}/${id}/approve`);
    await app.settled();
    await admin.post(`${path}/${id}/skip`, { stepId: 'step-2', reason: 'On leave' });
    await replayed(id, 'completed', 'sequence-with-skip');
  });

  it('after it was handed over', async () => {
    const id = await start();
    const sales2 = await app.as('sales2');
    await sales.post(`${path}/${id}/delegate`, { toUserId: sales2.userId });
    await app.settled();
    await sales2.post(`${path}/${id}/approve`);
    await replayed(id, 'completed', 'handed-over');
  });

  it('after a deadline', async () => {
    const id = await start({ dueInHours: 30, whenDue: 'expired' });
    await app.advance({ by: 'PT30H' });
    await replayed(id, 'rejected', 'expired');
  });

  it('after it was cancelled', async () => {
    const id = await start();
    await manager.post(`${path}/${id}/cancel`, { reason: 'Plans changed' });
    await replayed(id, 'cancelled', 'cancelled');
  });

  it('after messages that are none of ours, which decide nothing', async () => {
    const id = await start();
    await execution(id).signal('stepDecided', { decision: 'approved' });
    await until('the message is parked', async () => {
      const { body } = await admin.get<{ rejectedInputs: { name: string }[] }>(`/api/processes/wf-${id}`);
      return body.rejectedInputs.some(i => i.name === 'stepDecided');
    });
    expect((await manager.get<Instance>(`${path}/${id}`)).body.status).toBe('in_progress');
    await sales.post(`${path}/${id}/approve`);
    await replayed(id, 'completed', 'parked-input');
  });

  it('after it continued as new, with nothing carried over', async () => {
    const id = await start();
    await replay(await filled(app, `wf-${id}`, 'stepDecided', 'approval.continued-as-new'), code);
    expect((await sales.post<Instance>(`${path}/${id}/approve`)).body.status).toBe('completed');
    await replayed(id, 'completed', 'after-continue-as-new');
  });
});
