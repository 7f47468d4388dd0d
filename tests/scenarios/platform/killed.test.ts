import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Instance } from '../../../domain/approvals/instance.ts';
import type { Launch } from '../../../domain/pov/launch.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { brokenAfter } from '../../kit/faults/broken-after.ts';
import { bothSides, effectsOn } from '../../kit/faults/effects.ts';
import { decide, move, newTemplate, phasesOf, staffedPov, submit } from '../../kit/pov.fixture.ts';
import { spawnWorker } from '../../kit/worker-process.ts';

let app: App, admin: Client, manager: Client, sales: Client, sales2: Client, templateId: string;
/** What is done to a POV and its approval when nobody is disturbed. */
let undisturbed: string[];

interface Living {
  povId: string;
  instanceId: string;
}
type Chapter = keyof typeof chapters;

beforeAll(async () => {
  app = await bootApp();
  [admin, manager, sales, sales2] = (await Promise.all(
    ['admin', 'manager', 'sales', 'sales2'].map(n => app.as(n)),
  )) as [Client, Client, Client, Client];
  templateId = (await newTemplate(admin, ['Setup', 'Test'])).id;
  const pov = await born();
  for (const chapter of Object.values(chapters)) await settledBy(await chapter([pov]));
  undisturbed = await effectsOn(app, pov.povId);
}, 120_000);
afterAll(() => app?.stop());

/** A POV in progress, one of whose milestones is due in two days. */
async function born(): Promise<Living> {
  const { id: povId } = await staffedPov(app, manager, { templateId });
  await move(manager, povId, 'IN_PROGRESS');
  const { now } = (await admin.get<{ now: string }>('/api/sandbox/clock')).body;
  const dueDate = new Date(Date.parse(now) + 2 * 86_400_000).toISOString();
  const [, second] = await phasesOf(manager, povId);
  await manager.post(`/api/povs/${povId}/phases/${second!.id}/milestones`, { name: 'Test data', dueDate });
  await app.settled();
  return { povId, instanceId: '' };
}

/** The life of a POV from then on; a chapter answers the operation that it waits for, if any. */
const chapters = {
  submit: async (povs: Living[]) => {
    for (const pov of povs) {
      const [phase] = await phasesOf(manager, pov.povId);
      pov.instanceId = (await submit(manager, pov.povId, phase!.id)).body.id;
    }
  },
  approveFirst: (povs: Living[]) => approve(sales, povs),
  approveSecond: (povs: Living[]) => approve(sales2, povs),
  passDate: async () => (await admin.post<{ id: string }>('/api/sandbox/clock/advance', { by: 'P3D' })).body.id,
};

async function approve(by: Client, povs: Living[]): Promise<void> {
  const answers = await Promise.all(povs.map(p => decide(by, p.instanceId, 'approve')));
  expect(answers.map(a => a.status)).toEqual(povs.map(() => 200));
}

async function settledBy(operationId: string | void): Promise<void> {
  if (!operationId) return app.settled();
  await until(
    'the clock has moved',
    async () => (await admin.get<{ status: string }>(`/api/operations/${operationId}`)).body.status === 'done',
    60_000,
  );
}

/** Lives through all chapters; in one of them the only worker is killed at its kill point, and a new one takes over. */
async function livedThrough(povs: Living[], deadly: Chapter, killAfter: string): Promise<void> {
  for (const [name, chapter] of Object.entries(chapters)) {
    if (name !== deadly) {
      await settledBy(await chapter(povs));
      continue;
    }
    await app.stopWorker();
    const worker = await spawnWorker(app, { killAfter });
    const operationId = await chapter(povs);
    expect(await worker.ended).toBe('SIGKILL');
    await app.startWorker();
    await settledBy(operationId);
  }
}

async function expectUndisturbed({ povId, instanceId }: Living): Promise<void> {
  expect((await phasesOf(manager, povId)).map(p => p.status)).toEqual(['COMPLETED', 'IN_PROGRESS', 'NOT_STARTED']);
  expect((await manager.get<Instance>(`/api/workflows/instances/${instanceId}`)).body.status).toBe('completed');
  expect(await effectsOn(app, povId)).toEqual(undisturbed);
  for (const workflowId of [`pov-lifecycle-${povId}`, `wf-${instanceId}`]) {
    const { row, workflow } = await bothSides(app, workflowId);
    expect(workflow).toEqual(row);
  }
}

/** In which chapter the verb is run, how often for each POV, and the seeds that say at which run the worker dies. */
const verbs: { verb: string; chapter: Chapter; each: number; seeds: number[] }[] = [
  { verb: 'openStep', chapter: 'submit', each: 2, seeds: [7, 12] },
  { verb: 'closeInstance', chapter: 'approveSecond', each: 1, seeds: [12] },
  { verb: 'completePhase', chapter: 'approveSecond', each: 1, seeds: [7] },
  { verb: 'markMilestoneOverdue', chapter: 'passDate', each: 1, seeds: [7] },
];
const povsAtOnce = 2;

describe('a worker killed with -9 between the commit of a verb and its completion', () => {
  const cases = verbs.flatMap(v => v.seeds.map(seed => ({ ...v, seed, nth: 1 + (seed % (v.each * povsAtOnce)) })));

  it('the undisturbed life has each effect that must not be doubled, once', () => {
    expect(undisturbed).toEqual(
      expect.arrayContaining([
        'event workflow.step.opened ×2',
        'event workflow.step.decided ×2',
        'event workflow.instance.completed ×1',
        'event pov.phase.completed ×1',
        'event pov.milestone.overdue ×1',
        'notification milestone-overdue manager ×1',
        'activity phase.completed ×1',
        'audit complete-phase UPDATE phase ×1',
      ]),
    );
  });

  it.each(cases)(
    '[APR-052] [PLT-066] loses and repeats no effect of $verb (seed $seed: its run $nth)',
    async ({ verb, chapter, nth }) => {
      const povs = [];
      for (let n = 0; n < povsAtOnce; n += 1) povs.push(await born());
      await livedThrough(povs, chapter, `${verb}:${nth}`);
      for (const pov of povs) await expectUndisturbed(pov);
    },
    180_000,
  );
});

describe('a worker killed with -9 in the middle of an approval', () => {
  it('[APR-052] has the first decision, and the second one taken while no worker runs, once each', async () => {
    const pov = await born();
    await chapters.submit([pov]);
    await app.settled();
    await app.stopWorker();
    const worker = await spawnWorker(app, { killAfter: 'lookAtApproval:1' });
    await chapters.approveFirst([pov]);
    expect(await worker.ended).toBe('SIGKILL');
    await chapters.approveSecond([pov]);
    expect((await phasesOf(manager, pov.povId))[0]!.status).toBe('IN_PROGRESS');
    await app.startWorker();
    await app.settled();
    await settledBy(await chapters.passDate());
    await expectUndisturbed(pov);
  }, 180_000);
});

describe('a worker killed with -9 between the checklist of a launch and its confirmation', () => {
  it('[POV-048] loses neither: confirmed while no worker runs, the launch ends confirmed', async () => {
    const { povId } = await born();
    const path = `/api/povs/${povId}/launch`;
    await manager.post(path);
    await app.settled();
    const { body: launch } = await manager.get<Launch>(path);
    await app.stopWorker();
    const worker = await spawnWorker(app, { killAfter: 'lookAtLaunch:1' });
    const items = launch.checklist.items.map(({ key }) => ({ key, completed: true }));
    expect((await manager.patch(`${path}/checklist`, items)).status).toBe(200);
    expect(await worker.ended).toBe('SIGKILL');
    expect((await manager.post<Launch>(`${path}/confirm`)).body.confirmed).toBe(true);
    await app.startWorker();
    expect(await app.engine.client.workflow.getHandle(`launch-${launch.id}`).result()).toBe('CONFIRMED');
    await app.settled();
    const effects = await effectsOn(app, povId);
    expect(effects).toEqual(expect.arrayContaining(['event pov.launch.confirmed ×1']));
    const { row, workflow } = await bothSides(app, `launch-${launch.id}`);
    expect(workflow).toEqual(row);
  }, 90_000);
});

it('all those killed workers left every invariant whole', async () => {
  expect(await brokenAfter(app)).toEqual([]);
}, 60_000);
