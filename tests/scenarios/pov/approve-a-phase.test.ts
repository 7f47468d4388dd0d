import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Instance } from '../../../domain/approvals/instance.ts';
import type { PhaseApproval } from '../../../domain/pov/phase-approval.ts';
import type { Phase } from '../../../domain/pov/phase.ts';
import type { Pov } from '../../../domain/pov/pov.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import {
  activitiesOf,
  decide,
  join,
  lifecycleOf,
  move,
  newPov,
  phasesOf,
  readPov,
  staffedPov,
  submit,
} from '../../kit/pov.fixture.ts';

let app: App, admin: Client, manager: Client, sales: Client, sales2: Client, sales3: Client;
beforeAll(async () => {
  app = await bootApp();
  [admin, manager, sales, sales2, sales3] = (await Promise.all(
    ['admin', 'manager', 'sales', 'sales2', 'sales3'].map(n => app.as(n)),
  )) as [Client, Client, Client, Client, Client];
});
afterAll(() => app?.stop());

/** A POV in progress whose first phase is submitted: sales (project manager) and sales2 (sales engineer) approve. */
async function submitted(): Promise<{ pov: Pov; phase: Phase; instance: Instance; path: string }> {
  const pov = await staffedPov(app, manager);
  await move(manager, pov.id, 'IN_PROGRESS');
  await app.settled();
  const [phase] = await phasesOf(manager, pov.id);
  const { status, body } = await submit(manager, pov.id, phase!.id);
  expect(status).toBe(201);
  await app.settled();
  return { pov, phase: phase!, instance: body, path: `/api/povs/${pov.id}/phases/${phase!.id}` };
}
const approval = async (path: string): Promise<PhaseApproval> =>
  (await manager.get<PhaseApproval>(`${path}/approval`)).body;
const phaseAt = async (path: string): Promise<Phase> => (await manager.get<Phase>(path)).body;

describe('the approval of a phase', () => {
  it('[APR-033] opens one instance with the phase’s id; a second submit is refused while it is open', async () => {
    const { pov, phase, instance } = await submitted();
    expect(instance).toMatchObject({
      type: 'PHASE_APPROVAL',
      referenceType: 'phase',
      referenceId: phase.id,
      metadata: { phaseId: phase.id, povId: pov.id },
    });
    expect(instance.steps.map(s => [s.role, s.assigneeIds])).toEqual([
      ['PROJECT_MANAGER', [sales.userId]],
      ['SALES_ENGINEER', [sales2.userId]],
    ]);
    expect((await readPov(manager, pov.id)).approvals.map(a => [a.id, a.phaseId])).toEqual([[instance.id, phase.id]]);
    const again = (await submit(manager, pov.id, phase.id)) as unknown as { status: number; body: ProblemBody };
    expect([again.status, again.body.error]).toEqual([409, 'Planning is already waiting for approval']);
    expect((await lifecycleOf(manager, pov.id)).waitingFor?.sentence).toMatch(
      /^Waiting for Sales Example \(Project manager\) and Sales2 Example \(Sales engineer\) to approve Planning since Tue 24 Nov 09:00, with no deadline; on Wed 25 Nov 09:00 a reminder goes out\.$/,
    );
  });

  it('[APR-034] [APR-035] says whether the phase may be completed, and every reason why not', async () => {
    const pov = await staffedPov(app, manager);
    const [phase] = await phasesOf(manager, pov.id);
    const path = `/api/povs/${pov.id}/phases/${phase!.id}`;
    expect(await approval(path)).toMatchObject({
      instanceId: null,
      valid: false,
      errors: ['No approval workflow found'],
    });
    const { body: instance } = await submit(manager, pov.id, phase!.id, {
      steps: [{ role: 'PROJECT_MANAGER' }, { role: 'SALES_ENGINEER' }, { role: 'SALES_MANAGEMENT' }],
    });
    await app.settled();
    await decide(sales, instance.id, 'approve');
    expect(await approval(path)).toMatchObject({
      valid: false,
      errors: ['Phase approval workflow not completed', '2 approval steps pending'],
    });
    const early = await manager.patch<ProblemBody>(path, { status: 'COMPLETED' });
    expect([early.status, early.body.details]).toEqual([
      409,
      ['Phase approval workflow not completed', '2 approval steps pending'],
    ]);
    await decide(sales2, instance.id, 'approve');
    const last = instance.steps[2]!;
    expect(
      (await admin.post(`/api/workflows/instances/${instance.id}/skip`, { stepId: last.stepId, reason: 'On leave' }))
        .status,
    ).toBe(200);
    expect(await approval(path)).toMatchObject({ valid: true, errors: [], status: 'completed' });
    expect((await manager.get(`/api/povs/${pov.id}/phases/018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a01/approval`)).status).toBe(
      404,
    );
  });

  it('[APR-036] [POV-032] all approved: the phase is completed by its process and the next one starts', async () => {
    const { pov, instance, path } = await submitted();
    const next = (
      await manager.post<Phase>(`/api/povs/${pov.id}/phases`, {
        name: 'Setup',
        type: 'EXECUTION',
        startDate: '2026-12-01',
        endDate: '2026-12-10',
      })
    ).body;
    await decide(sales, instance.id, 'approve', 'Fine');
    await app.settled();
    expect((await phaseAt(path)).status).toBe('IN_PROGRESS');
    await decide(sales2, instance.id, 'approve');
    await app.settled();
    expect(await phaseAt(path)).toMatchObject({ status: 'COMPLETED', progress: 100, submittedAt: null });
    expect((await phaseAt(`/api/povs/${pov.id}/phases/${next.id}`)).status).toBe('IN_PROGRESS');
    expect((await lifecycleOf(manager, pov.id)).waitingFor?.sentence).toBe(
      'Setup has been running since Tue 24 Nov 09:00 and ends on Thu 10 Dec; ' +
        'then the team should submit it for approval.',
    );
    const actions = (await activitiesOf(manager, pov.id)).map(a => a.action);
    expect(actions.filter(a => a === 'phase.completed')).toHaveLength(1);
  });

  it('[APR-037] rejected: the phase goes back with the comment, and a second submit starts another round', async () => {
    const { pov, phase, instance, path } = await submitted();
    expect((await decide(sales2, instance.id, 'reject')).status).toBe(400);
    expect((await decide(sales2, instance.id, 'reject', 'No test data')).status).toBe(200);
    await app.settled();
    expect(await phaseAt(path)).toMatchObject({
      status: 'IN_PROGRESS',
      submittedAt: null,
      returnComment: 'Sales2 Example: No test data',
    });
    expect((await lifecycleOf(manager, pov.id)).waitingFor?.sentence).toMatch(
      /^Planning came back \(Sales2 Example: No test data\); waiting for the team to submit it again since Tue 24 Nov 09:00, until .*; then it is late\.$/,
    );
    const second = await submit(manager, pov.id, phase.id);
    expect(second.status).toBe(201);
    expect(second.body.id).not.toBe(instance.id);
    await app.settled();
    await decide(sales, second.body.id, 'approve');
    await decide(sales2, second.body.id, 'approve');
    await app.settled();
    expect((await phaseAt(path)).status).toBe('COMPLETED');
  });

  it('[APR-039] is decided by the holders of the team role only', async () => {
    const { pov, instance } = await submitted();
    await join(manager, pov.id, sales3.userId, 'TECHNICAL_TEAM');
    expect((await decide(sales3, instance.id, 'approve')).status).toBe(403);
    expect((await decide(manager, instance.id, 'approve')).status).toBe(403);
  });

  it('[APR-022] excludes whoever submits; with nobody left the admins decide', async () => {
    const pov = await newPov(manager);
    await join(manager, pov.id, sales.userId, 'PROJECT_MANAGER');
    const [phase] = await phasesOf(manager, pov.id);
    const { body: instance } = await submit(sales, pov.id, phase!.id, { steps: [{ role: 'PROJECT_MANAGER' }] });
    await app.settled();
    expect((await decide(sales, instance.id, 'approve')).status).toBe(403);
    expect((await decide(admin, instance.id, 'approve')).status).toBe(200);
    await app.settled();
    expect((await phaseAt(`/api/povs/${pov.id}/phases/${phase!.id}`)).status).toBe('COMPLETED');
  });

  it('[APR-036] goes on after the worker was away while it was decided', async () => {
    const { instance, path } = await submitted();
    await app.stopWorker();
    await decide(sales, instance.id, 'approve');
    await decide(sales2, instance.id, 'approve');
    expect((await phaseAt(path)).status).toBe('IN_PROGRESS');
    await app.startWorker();
    await app.settled();
    expect((await phaseAt(path)).status).toBe('COMPLETED');
  });
});
