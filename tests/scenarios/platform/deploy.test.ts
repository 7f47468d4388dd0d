import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { bothSides } from '../../kit/faults/effects.ts';
import { bundleOfNow, recorded, replay } from '../../kit/histories.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { brokenInvariants } from '../../kit/invariants.ts';
import { decide, lifecycleOf, move, newPov, phasesOf, staffedPov, submit } from '../../kit/pov.fixture.ts';
import { testTemporal } from '../../kit/services.ts';

/** The version in the field, one that changes it by the rules, and one that does not. */
interface Versions {
  v1: string;
  patched: string;
  careless: string;
}
let app: App, manager: Client, sales: Client, sales2: Client, versions: Versions;
beforeAll(async () => {
  versions = versionsOf(await bundleOfNow());
  app = await bootApp({ worker: false });
  [manager, sales, sales2] = (await Promise.all(['manager', 'sales', 'sales2'].map(n => app.as(n)))) as [
    Client, Client, Client,
  ];
});
afterAll(() => app?.stop());

/** One more step before each step of a process: something is noted. */
function versionsOf(v1: string): Versions {
  const patched = /\(0,\s*\w+\.patched\)/.exec(v1)![0];
  const before = /^.*const refused = await refusal\(/m;
  // As the module of the loop has them.
  const verbs = /const \{ noteStuck \} = (.*?verbs\)\(\))/.exec(v1)![1];
  const nth = '`${inbox.seen}:${plan.step.do}`';
  const note = (name: string): string =>
    `await ${verbs}.parkInput({ workflowId: input.entityId, name: '${name}', nth: ${nth} });`;
  const changed = (by: string): string => v1.replace(before, line => `${by}\n${line}`);
  const careless = changed(note('careless'));
  expect(careless).not.toBe(v1);
  return { v1, patched: changed(`if (${patched}('2026-11-28-noted')) ${note('patched')}`), careless };
}

async function deploy(version: keyof Versions): Promise<void> {
  await app.stopWorker();
  await app.startWorker(undefined, versions[version]);
}
interface Running {
  povId: string;
  instanceId: string;
  phaseId: string;
}
async function submitted(): Promise<Running> {
  const { id: povId } = await staffedPov(app, manager);
  await move(manager, povId, 'IN_PROGRESS');
  // Its process has begun the phase: a step of the version in the field.
  await app.settled();
  const [phase] = await phasesOf(manager, povId);
  return { povId, phaseId: phase!.id, instanceId: (await submit(manager, povId, phase!.id)).body.id };
}
const approve = async ({ instanceId }: Running): Promise<void> => {
  for (const by of [sales, sales2]) expect((await decide(by, instanceId, 'approve')).status).toBe(200);
};
const untilCompleted = ({ povId }: Running): Promise<void> =>
  until('the phase is completed', async () => (await phasesOf(manager, povId))[0]!.status === 'COMPLETED', 60_000);
const noted = async ({ povId }: { povId: string }): Promise<string[]> =>
  (await inDatabase<{ name: string }>(app, 'select distinct name from rejected_input where workflow_id = $1', [povId]))
    .map(r => r.name);
const handle = (povId: string) => app.engine.client.workflow.getHandle(`pov-lifecycle-${povId}`);
async function expectSound(...povIds: string[]): Promise<void> {
  await app.settled();
  for (const id of povIds) {
    const { row, workflow } = await bothSides(app, `pov-lifecycle-${id}`);
    expect(workflow).toEqual(row);
  }
  const { address } = await testTemporal();
  expect(await brokenInvariants({ ownerUrl: app.database.ownerUrl, temporalAddress: address })).toEqual([]);
}

describe('a new version of a process', () => {
  let old: Running;
  it('[APR-052] with its change under `patched`: what ran before and what begins now both end right', async () => {
    await deploy('v1');
    old = await submitted();
    await app.settled();
    expect(await noted(old)).toEqual([]);
    await deploy('patched');
    const fresh = await submitted();
    await approve(old);
    await approve(fresh);
    await untilCompleted(old);
    await untilCompleted(fresh);
    expect([await noted(old), await noted(fresh)]).toEqual([['patched'], ['patched']]);
    await replay(await handle(old.povId).fetchHistory(), versions.patched);
    await expectSound(old.povId, fresh.povId);
  }, 240_000);

  it('[APR-052] with its change as it is: the recorded histories stop it', async () => {
    const determinism = /nondeterminism|determinism/i;
    await expect(replay(await recorded('povLifecycle.approved-and-lost.json'), versions.careless)).rejects.toThrow(
      determinism,
    );
    await expect(replay(await handle(old.povId).fetchHistory(), versions.careless)).rejects.toThrow(determinism);
  });

  it('that stopped processes all the same: rolled back, they go on; those born meanwhile start anew', async () => {
    const waiting = await submitted();
    await app.settled();
    await deploy('careless');
    await approve(waiting);
    const born = await newPov(manager, { title: 'Born under the careless version' });
    await move(manager, born.id, 'IN_PROGRESS');
    await until('it has acted', async () => (await noted({ povId: born.id })).includes('careless'));
    await until('the other is stopped', async () => {
      const { raw } = await handle(waiting.povId).describe();
      return Number(raw.pendingWorkflowTask?.attempt ?? 0) > 1;
    });
    expect((await phasesOf(manager, waiting.povId))[0]!.status).toBe('IN_PROGRESS');

    await deploy('patched');
    await untilCompleted(waiting);
    await manager.patch(`/api/povs/${born.id}`, { objective: 'Is it heard?' });
    await until('the one born meanwhile is not understood', async () => {
      const { raw } = await handle(born.id).describe();
      return Number(raw.pendingWorkflowTask?.attempt ?? 0) > 1;
    });
    await handle(born.id).terminate('born under a version that was rolled back');
    expect((await manager.patch(`/api/povs/${born.id}`, { objective: 'Goes on' })).status).toBe(200);
    await until('it has started anew', async () => (await handle(born.id).describe()).status.name === 'RUNNING');
    await expectSound(waiting.povId, born.id);
    expect((await lifecycleOf(manager, born.id)).status).toBe('waiting');
  }, 240_000);
});
