import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import type { Instance } from '../../domain/approvals/instance.ts';
import { bootApp, until, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { workflowBundle } from '../kit/services.ts';

type History = Parameters<typeof Worker.runReplayHistory>[1];
const folder = fileURLToPath(new URL('../histories/', import.meta.url));
const path = '/api/workflows/instances';
let app: App, manager: Client, sales: Client, admin: Client, code: string;

beforeAll(async () => {
  app = await bootApp();
  [manager, sales, admin] = await Promise.all([app.as('manager'), app.as('sales'), app.as('admin')]);
  code = await readFile((await workflowBundle()).codePath, 'utf8');
});
afterAll(() => app?.stop());

async function start(body: object = {}): Promise<string> {
  const steps = [{ name: 'Engineer', assigneeIds: [sales.userId] }];
  const reference = { referenceType: 'invoice', referenceId: randomUUID() };
  const { body: instance } = await manager.post<Instance>(path, { ...reference, title: 'Setup', steps, ...body });
  await app.settled();
  return instance.id;
}
const execution = (id: string, runId?: string) => app.engine.client.workflow.getHandle(`wf-${id}`, runId);
const replay = (history: History, bundle = code): Promise<void> =>
  Worker.runReplayHistory({ workflowBundle: { code: bundle }, replayName: 'approval' }, history);

/** The history of the whole run; with RECORD_HISTORIES it becomes a file, if there is none of that name yet. */
async function ended(id: string, result: string, name: string): Promise<History> {
  expect(await execution(id).result()).toBe(result);
  const history = await execution(id).fetchHistory();
  const file = `${folder}approval.${name}.json`;
  if (process.env['RECORD_HISTORIES'] && !existsSync(file))
    await writeFile(file, `${JSON.stringify(historyToJSON(history))}\n`);
  return history;
}

describe('[APR-052] what an approval did replays on the code of now', () => {
  it('after a sequence with a skip', async () => {
    const steps = ['A', 'B'].map(name => ({ name, assigneeIds: [sales.userId] }));
    const id = await start({ steps, mode: 'sequence' });
    await sales.post(`${path}/${id}/approve`);
    await app.settled();
    await admin.post(`${path}/${id}/skip`, { stepId: 'step-2', reason: 'On leave' });
    await replay(await ended(id, 'completed', 'sequence-with-skip'));
  });

  it('after a deadline', async () => {
    const id = await start({ dueInHours: 30, whenDue: 'expired' });
    await app.advance({ by: 'PT30H' });
    await replay(await ended(id, 'rejected', 'expired'));
  });

  it('after it was cancelled', async () => {
    const id = await start();
    await manager.post(`${path}/${id}/cancel`, { reason: 'Plans changed' });
    await replay(await ended(id, 'cancelled', 'cancelled'));
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
    await replay(await ended(id, 'completed', 'parked-input'));
  });

  it('after it continued as new, with nothing carried over', async () => {
    const id = await start();
    const { runId } = await execution(id).describe();
    for (let sent = 0; (await execution(id).describe()).runId === runId; sent += 1) {
      expect(sent).toBeLessThan(500);
      await execution(id).signal('stepDecided', { seq: 0 });
    }
    await replay(await execution(id, runId).fetchHistory());
    expect((await sales.post<Instance>(`${path}/${id}/approve`)).body.status).toBe('completed');
    expect(await execution(id).result()).toBe('completed');
    await replay(await execution(id).fetchHistory());
  });

  it('but not if a step were taken out of the code', async () => {
    const id = await start();
    await sales.post(`${path}/${id}/approve`);
    const history = await ended(id, 'completed', 'one-step');
    const without = code.replace('closeInstance: (step)=>closeInstance(step)', 'closeInstance: async ()=>null');
    expect(without).not.toBe(code);
    await replay(history);
    await expect(replay(history, without)).rejects.toThrow();
  });
});
