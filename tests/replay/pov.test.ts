import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { bootApp, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { workflowBundle } from '../kit/services.ts';
import { approvePhase, decide, fiftyDays, move, newPov, phasesOf, staffedPov, submit } from '../kit/pov.fixture.ts';

type History = Parameters<typeof Worker.runReplayHistory>[1];
const folder = fileURLToPath(new URL('../histories/', import.meta.url));
let app: App, manager: Client, sales: Client, code: string;

beforeAll(async () => {
  app = await bootApp();
  [manager, sales] = await Promise.all([app.as('manager'), app.as('sales')]);
  code = await readFile((await workflowBundle()).codePath, 'utf8');
});
afterAll(() => app?.stop());

const execution = (workflowId: string, runId?: string) => app.engine.client.workflow.getHandle(workflowId, runId);
const replay = (history: History, bundle = code): Promise<void> =>
  Worker.runReplayHistory({ workflowBundle: { code: bundle }, replayName: 'pov' }, history);

/** The history of the whole run; with RECORD_HISTORIES it becomes a file, if there is none of that name yet. */
async function ended(workflowId: string, result: string, name: string): Promise<History> {
  expect(await execution(workflowId).result()).toBe(result);
  const history = await execution(workflowId).fetchHistory();
  const file = `${folder}${name}.json`;
  if (process.env['RECORD_HISTORIES'] && !existsSync(file)) {
    await writeFile(file, `${JSON.stringify(JSON.parse(historyToJSON(history)))}\n`);
  }
  return history;
}

describe('[APR-052] what a POV did replays on the code of now', () => {
  it('after a rejection, an approval and a win; but not if a step were taken out of the code', async () => {
    const pov = await staffedPov(app, manager);
    await move(manager, pov.id, 'IN_PROGRESS');
    await app.settled();
    const [phase] = await phasesOf(manager, pov.id);
    const { body: first } = await submit(manager, pov.id, phase!.id);
    await app.settled();
    await decide(sales, first.id, 'reject', 'No test data');
    await app.settled();
    await approvePhase(app, manager, pov.id, phase!.id);
    await move(manager, pov.id, 'VALIDATION');
    await move(manager, pov.id, 'WON');
    const history = await ended(`pov-lifecycle-${pov.id}`, 'WON', 'povLifecycle.returned-and-won');
    await replay(history);
    const cut = code.replace(/returnPhase: ?\(\{[^}]*\}\) ?=> ?returnPhase\(\{[\s\S]*?\}\)/, 'returnPhase: async () => null');
    expect(cut).not.toBe(code);
    await expect(replay(history, cut)).rejects.toThrow();
  });

  it('after milestones and phases that passed their dates, and its deletion', async () => {
    const pov = await newPov(manager);
    const [phase] = await phasesOf(manager, pov.id);
    const path = `/api/povs/${pov.id}/phases/${phase!.id}/milestones`;
    await manager.post(path, { name: 'Kick-off', dueDate: '2026-12-01T09:00:00Z' });
    await manager.post(path, { name: 'Test data', dueDate: '2026-12-02T09:00:00Z' });
    await app.advance({ to: '2026-12-03T09:00:00Z' });
    await manager.delete(`/api/povs/${pov.id}`);
    await replay(await ended(`pov-lifecycle-${pov.id}`, 'DELETED', 'povLifecycle.overdue-and-deleted'));
  });

  it('after a launch whose owner was reminded, and that was given up', async () => {
    const pov = await newPov(manager, { ...fiftyDays, startDate: '2026-12-10T09:00:00Z' });
    const { body: launch } = await manager.post<{ id: string }>(`/api/povs/${pov.id}/launch`);
    await app.advance({ to: '2026-12-11T09:00:00Z' });
    await move(manager, pov.id, 'LOST', 'No fit');
    await replay(await ended(`launch-${launch.id}`, 'CANCELLED', 'launch.reminded-and-cancelled'));
    await replay(await ended(`pov-lifecycle-${pov.id}`, 'LOST', 'povLifecycle.lost'));
  });

  it('after it continued as new, with nothing carried over', async () => {
    const pov = await newPov(manager);
    await app.settled();
    const workflowId = `pov-lifecycle-${pov.id}`;
    const { runId } = await execution(workflowId).describe();
    for (let sent = 0; (await execution(workflowId).describe()).runId === runId; sent += 1) {
      expect(sent).toBeLessThan(500);
      await execution(workflowId).signal('povChanged', { seq: 0 });
    }
    await replay(await execution(workflowId, runId).fetchHistory());
    await move(manager, pov.id, 'LOST', 'No fit');
    expect(await execution(workflowId).result()).toBe('LOST');
    await replay(await execution(workflowId).fetchHistory());
  });
});
