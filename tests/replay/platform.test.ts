import { readdir } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from '@jest/globals';
import * as workflows from '../../workflows/index.ts';
import { bootApp, until, type App } from '../kit/app.ts';
import { bundleOfNow, historyFolder, keep, readable, recorded, recording, replay, without } from '../kit/histories.ts';
import { decide, move, phasesOf, staffedPov, submit } from '../kit/pov.fixture.ts';

/** For each type of workflow a run that took the step, so that the code must ask for it again. */
const taken = {
  approval: { file: 'approval.cancelled.json', step: 'closeInstance' },
  clockAdvance: { file: 'clockAdvance.settled.json', step: 'finishAdvance' },
  launch: { file: 'launch.reminded-and-cancelled.json', step: 'remindLauncher' },
  povLifecycle: { file: 'povLifecycle.approved-and-lost.json', step: 'completePhase' },
  retention: { file: 'retention.archived.json', step: 'archiveAllAudits' },
  duplicateScan: { file: 'duplicateScan.done.json', step: 'scanForDuplicates' },
  enrichment: { file: 'enrichment.found.json', step: 'lookUpCompany' },
  leadScoring: { file: 'leadScoring.done.json', step: 'scoreContacts' },
  nightlyScoring: { file: 'nightlyScoring.begun.json', step: 'scoreEveryTenant' },
  taskReminder: { file: 'taskReminder.reminded-and-completed.json', step: 'remindAssignee' },
  job: { file: 'job.import.json', step: 'workOnJob' },
  webhookDelivery: { file: 'webhookDelivery.taken-on-the-third.json', step: 'deliverWebhook' },
  notificationDigest: { file: 'notificationDigest.daily-and-off.json', step: 'sendDigest' },
  sendMail: { file: 'sendMail.sent.json', step: 'noteMail' },
  reconcile: { file: 'reconcile.nothing-found.json', step: 'reconcileAll' },
} satisfies Record<keyof typeof workflows, { file: string; step: string }>;

/** Recorded once for each path and never again: what ran then must replay on the code of now. */
describe('recorded histories', () => {
  let code: string, forgetful: string, files: string[];
  /** What stands in the history of each. */
  const texts: Record<string, string> = {};
  beforeAll(async () => {
    if (recording) await record();
    code = await bundleOfNow();
    forgetful = without(code, ...Object.values(taken).map(({ step }) => step));
    for (const [type, { file }] of Object.entries(taken)) texts[type] = readable(await recorded(file));
    files = (await readdir(historyFolder)).filter(f => f.endsWith('.json'));
  });

  it('[APR-052] are there for each type of workflow, and replay without a determinism error', async () => {
    const types = files.map(f => f.split('.')[0]);
    expect([...new Set(types)].sort()).toEqual(Object.keys(workflows).sort());
    for (const file of files) await replay(await recorded(file), code, file);
  });

  it.each(Object.entries(taken))(
    '[APR-052] of the workflow %s would not, if the code forgot a step that it took then',
    async (type, { file, step }) => {
      // None of the others takes it, so that of each the code forgot one step.
      expect(Object.keys(texts).filter(of => texts[of]!.includes(step))).toEqual([type]);
      await expect(replay(await recorded(file), forgetful, file)).rejects.toThrow(/nondeterminism|determinism/i);
    },
  );
});

/** Plays each path on the real server and keeps what has no file yet. */
async function record(): Promise<void> {
  const app = await bootApp();
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
    await keepEnded(app, `pov-lifecycle-${id}`, 'povLifecycle.approved-and-lost');
    await keepEnded(app, `launch-${launch.id}`, 'launch.confirmed');
    await keepEnded(app, `wf-${rejected}`, 'approval.reminded-and-rejected');
    await keepEnded(app, `wf-${approved}`, 'approval.approved');
    const { body } = await (
      await app.as('admin')
    ).get<{ items: { workflowId: string }[] }>('/api/processes?type=clockAdvance');
    await keepEnded(app, body.items[0]!.workflowId, 'clockAdvance.settled');
    await keepReconcile(app);
  } finally {
    await app.stop();
  }
}

async function keepEnded(app: App, workflowId: string, name: string): Promise<void> {
  const handle = app.engine.client.workflow.getHandle(workflowId);
  await until(`${workflowId} has ended`, async () => (await handle.describe()).status.name !== 'RUNNING');
  await keep(name, await handle.fetchHistory());
}

/** As its schedule would start it. */
async function keepReconcile({ engine: { client, taskQueue } }: App): Promise<void> {
  const run = await client.workflow.start('reconcile', { workflowId: `reconcile-${taskQueue}`, taskQueue });
  await run.result();
  await keep('reconcile.nothing-found', await run.fetchHistory());
}
