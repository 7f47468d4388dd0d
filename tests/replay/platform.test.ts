import { existsSync } from 'node:fs';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { DefaultLogger, Runtime, Worker } from '@temporalio/worker';
import { historyFromJSON, historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { bootApp, until, type App } from '../kit/app.ts';
import { workflowBundle } from '../kit/services.ts';
import { decide, move, phasesOf, staffedPov, submit } from '../kit/pov.fixture.ts';

const folder = fileURLToPath(new URL('../histories/', import.meta.url));

/** Recorded once for each path and never again: what ran then must replay on the code of now. */
describe('recorded histories', () => {
  it('[APR-052] replay without a determinism error', async () => {
    if (process.env['RECORD_HISTORIES']) await record();
    const files = (await readdir(folder)).filter(f => f.endsWith('.json'));
    expect(files.map(f => f.split('.')[0])).toEqual(
      expect.arrayContaining(['approval', 'clockAdvance', 'launch', 'povLifecycle']),
    );
    for (const file of files) await replay(await history(file), file);
  });

  it('[APR-052] would not, if the code asked for another step than it did then', async () => {
    const changed = (await history('povLifecycle.approved-and-lost.json')) as Recorded;
    const step = changed.events
      .flatMap(e => e.markerRecordedEventAttributes?.details.data.payloads ?? [])
      .find(p => text(p).includes('"completePhase"'));
    step!.data = Buffer.from(text(step!).replace('"completePhase"', '"startPhase"')).toString('base64');
    await expect(replay(changed, 'changed')).rejects.toThrow(/nondeterminism|does not match/i);
  });
});

interface Payload {
  data: string;
}
interface Recorded {
  events: { markerRecordedEventAttributes?: { details: { data: { payloads: Payload[] } } } }[];
}
const text = (payload: Payload): string => Buffer.from(payload.data, 'base64').toString();

const history = async (file: string): Promise<unknown> => JSON.parse(await readFile(folder + file, 'utf8'));

let quiet = false;
async function replay(recorded: unknown, name: string): Promise<void> {
  if (!quiet) Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });
  quiet = true;
  const { codePath } = await workflowBundle();
  await Worker.runReplayHistory({ workflowBundle: { codePath }, replayName: name }, historyFromJSON(recorded));
}

/** Plays each path on the real server and keeps what has no file yet. */
async function record(): Promise<void> {
  const app = await bootApp();
  quiet = true;
  try {
    const [manager, sales, sales2] = await Promise.all([app.as('manager'), app.as('sales'), app.as('sales2')]);
    const { id } = await staffedPov(app, manager);
    await manager.post(`/api/povs/${id}/launch`);
    const launch = (
      await manager.get<{ id: string; checklist: { items: { key: string }[] } }>(`/api/povs/${id}/launch`)
    ).body;
    await manager.patch(
      `/api/povs/${id}/launch/checklist`,
      launch.checklist.items.map(i => ({ key: i.key, completed: true })),
    );
    await manager.post(`/api/povs/${id}/launch/confirm`);
    await app.settled();
    const [phase] = await phasesOf(manager, id);
    await manager.post(`/api/povs/${id}/phases/${phase!.id}/milestones`, {
      name: 'Soon',
      dueDate: '2026-11-25T09:00:00Z',
    });
    const rejected = (await submit(manager, id, phase!.id)).body.id;
    await app.advance({ by: 'P4D' });
    await decide(sales, rejected, 'reject', 'Not yet');
    await app.settled();
    const approved = (await submit(manager, id, phase!.id)).body.id;
    await app.settled();
    await Promise.all([decide(sales, approved, 'approve'), decide(sales2, approved, 'approve')]);
    await app.settled();
    await move(manager, id, 'LOST', 'Recorded');
    await app.settled();
    await keep(app, `pov-lifecycle-${id}`, 'povLifecycle.approved-and-lost');
    await keep(app, `launch-${launch.id}`, 'launch.confirmed');
    await keep(app, `wf-${rejected}`, 'approval.reminded-and-rejected');
    await keep(app, `wf-${approved}`, 'approval.approved');
    const { body } = await (
      await app.as('admin')
    ).get<{ items: { workflowId: string }[] }>('/api/processes?type=clockAdvance');
    await keep(app, body.items[0]!.workflowId, 'clockAdvance.settled');
  } finally {
    await app.stop();
  }
}

async function keep(app: App, workflowId: string, name: string): Promise<void> {
  const file = `${folder}${name}.json`;
  if (existsSync(file)) return;
  const handle = app.engine.client.workflow.getHandle(workflowId);
  await until(`${workflowId} has ended`, async () => (await handle.describe()).status.name !== 'RUNNING');
  await writeFile(file, `${historyToJSON(await handle.fetchHistory())}\n`);
}
