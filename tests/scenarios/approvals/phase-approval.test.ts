import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Instance } from '../../../domain/approvals/instance.ts';
import type { Notification } from '../../../domain/platform/notification.ts';
import type { ProcessView } from '../../../domain/platform/process.ts';
import type { PhaseApproval } from '../../../domain/pov/phase-approval.ts';
import type { Phase } from '../../../domain/pov/phase.ts';
import type { Pov } from '../../../domain/pov/pov.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { decide, join, newPov, phasesOf, readPov, staffedPov, submit } from '../../kit/pov.fixture.ts';

let app: App, manager: Client, admin: Client, projectManager: Client, engineer: Client, outsider: Client;

beforeAll(async () => {
  app = await bootApp();
  [manager, admin, projectManager, engineer, outsider] = (await Promise.all(
    ['manager', 'admin', 'sales', 'sales2', 'sales3'].map(name => app.as(name)),
  )) as [Client, Client, Client, Client, Client];
});
afterAll(() => app?.stop());

/** A POV with a team, whose first phase is submitted. */
async function submitted(body: object = {}): Promise<{ pov: Pov; phase: Phase; instance: Instance }> {
  const pov = await staffedPov(app, manager);
  await join(manager, pov.id, outsider.userId, 'TECHNICAL_TEAM');
  const [phase] = await phasesOf(manager, pov.id);
  const answer = await submit(manager, pov.id, phase!.id, body);
  expect([answer.status, answer.body.status]).toEqual([201, 'pending']);
  return { pov, phase: phase!, instance: answer.body };
}
const validity = async (pov: Pov, phaseId: string) =>
  (await manager.get<PhaseApproval & ProblemBody>(`/api/povs/${pov.id}/phases/${phaseId}/approval`)).body;
const phaseNow = async (pov: Pov) => (await phasesOf(manager, pov.id))[0]!;
const memberPath = async (pov: Pov, of: Client): Promise<string> => {
  const { members } = (await readPov(manager, pov.id)).team!;
  return `/api/povs/${pov.id}/team/members/${members.find(m => m.userId === of.userId)!.id}`;
};
const toldOf = async (who: Client, instanceId: string): Promise<(string | null)[]> =>
  (await who.get<{ items: Notification[] }>('/api/notifications?pageSize=100')).body.items
    .filter(n => n.referenceId === instanceId)
    .map(n => n.templateId);
const rounds = async (phaseId: string) =>
  (await admin.get<{ items: Instance[] }>(`/api/workflows/instances?filter[referenceId]=${phaseId}`)).body.items;

describe('a phase for approval', () => {
  it('[APR-033] has one instance with its id, for project manager and sales engineer side by side', async () => {
    const { pov, phase } = await submitted();
    expect((await submit(manager, pov.id, phase.id)).status).toBe(409);
    expect(await rounds(phase.id)).toMatchObject([
      {
        type: 'PHASE_APPROVAL',
        metadata: { phaseId: phase.id },
        mode: 'parallel-all',
        excludeRequester: true,
        steps: [
          { role: 'PROJECT_MANAGER', assigneeIds: [projectManager.userId] },
          { role: 'SALES_ENGINEER', assigneeIds: [engineer.userId] },
        ],
      },
    ]);
  });

  it('[APR-034][APR-035] is valid only when nothing is open, and says all that is', async () => {
    const pov = await newPov(manager);
    const [phase] = await phasesOf(manager, pov.id);
    expect(await validity(pov, phase!.id)).toMatchObject({ valid: false, errors: ['No approval workflow found'] });
    expect((await manager.get(`/api/povs/${pov.id}/phases/${randomUUID()}/approval`)).status).toBe(404);
    const three = [{ role: 'PROJECT_MANAGER' }, { role: 'SALES_ENGINEER' }, { role: 'TECHNICAL_TEAM' }];
    const round = await submitted({ steps: three });
    await decide(projectManager, round.instance.id, 'approve');
    expect(await validity(round.pov, round.phase.id)).toMatchObject({
      valid: false,
      errors: ['Phase approval workflow not completed', '2 approval steps pending'],
    });
    await decide(engineer, round.instance.id, 'approve');
    await decide(outsider, round.instance.id, 'approve');
    expect(await validity(round.pov, round.phase.id)).toMatchObject({ valid: true, errors: [], status: 'completed' });
  });

  it('[APR-036] is completed by its process once all have approved', async () => {
    const { pov, instance } = await submitted();
    await decide(projectManager, instance.id, 'approve');
    await app.settled();
    expect((await phaseNow(pov)).status).toBe('IN_PROGRESS');
    await decide(engineer, instance.id, 'approve');
    await app.settled();
    expect((await phaseNow(pov)).status).toBe('COMPLETED');
  });

  it('[APR-037] goes back to work with the comment when it is rejected; a second submit is a new round', async () => {
    const { pov, phase, instance } = await submitted();
    await decide(engineer, instance.id, 'reject', 'No test data');
    await app.settled();
    expect(await phaseNow(pov)).toMatchObject({ status: 'IN_PROGRESS', returnComment: 'Sales2 Example: No test data' });
    const again = await submit(manager, pov.id, phase.id);
    expect(again.status).toBe(201);
    expect((await rounds(phase.id)).map(r => r.id)).toEqual(expect.arrayContaining([instance.id, again.body.id]));
    await decide(projectManager, again.body.id, 'approve');
    await decide(engineer, again.body.id, 'approve');
    await app.settled();
    expect((await phaseNow(pov)).status).toBe('COMPLETED');
  });

  it('[APR-038] is valid when an administrator skips what is pending, which needs a reason', async () => {
    const { pov, phase, instance } = await submitted({ steps: [{ role: 'PROJECT_MANAGER' }] });
    const skip = (body: object) => admin.post(`/api/workflows/instances/${instance.id}/skip`, body);
    expect((await skip({ stepId: 'step-1' })).status).toBe(400);
    expect((await skip({ stepId: 'step-1', reason: 'On leave' })).status).toBe(200);
    expect(await validity(pov, phase.id)).toMatchObject({ valid: true, errors: [] });
    await app.settled();
    expect((await phaseNow(pov)).status).toBe('COMPLETED');
  });

  it('[APR-039] is approved by the holders of the team role, and by nobody else of the team', async () => {
    const { instance } = await submitted({ steps: [{ role: 'PROJECT_MANAGER' }] });
    for (const other of [outsider, engineer, admin])
      expect((await decide(other, instance.id, 'approve')).status).toBe(403);
    expect((await decide(projectManager, instance.id, 'approve')).status).toBe(200);
  });

  it('[APR-039] [POV-024] is for who holds the role now: who lost it is refused, who got it is asked', async () => {
    const { pov, instance } = await submitted();
    await decide(engineer, instance.id, 'approve');
    await app.settled();
    const path = await memberPath(pov, projectManager);
    expect((await manager.patch(path, { role: 'TECHNICAL_TEAM' })).status).toBe(200);
    expect((await manager.patch(await memberPath(pov, outsider), { role: 'PROJECT_MANAGER' })).status).toBe(200);
    expect((await decide(projectManager, instance.id, 'approve')).status).toBe(403);
    await app.settled();
    expect(await toldOf(outsider, instance.id)).toContain('approval-request');
    const process = await manager.get<ProcessView>(`/api/processes/wf-${instance.id}`);
    expect(process.body.waitingFor?.on).toBe('Sales3 Example (Project manager)');
    expect((await decide(outsider, instance.id, 'approve')).status).toBe(200);
    await app.settled();
    expect((await phaseNow(pov)).status).toBe('COMPLETED');
    const { body } = await manager.get<Instance>(`/api/workflows/instances/${instance.id}`);
    expect(body.steps.map(s => s.decidedBy)).toEqual([outsider.userId, engineer.userId]);
  });

  it('[APR-023] [APR-039] goes to the administrators when the last holder of its role is taken out', async () => {
    const { pov, instance } = await submitted();
    await app.settled();
    expect((await decide(admin, instance.id, 'approve')).status).toBe(403);
    expect((await manager.delete(await memberPath(pov, projectManager))).status).toBe(200);
    expect(await toldOf(admin, instance.id)).toEqual(['approval-no-holder']);
    expect((await decide(projectManager, instance.id, 'approve')).status).toBe(403);
    expect((await decide(admin, instance.id, 'approve')).status).toBe(200);
  });

  it('[APR-039] follows its POV into other hands', async () => {
    const { pov, instance } = await submitted();
    await app.settled();
    const { status } = await admin.put(`/api/povs/${pov.id}/owner`, { userId: projectManager.userId });
    expect(status).toBe(200);
    // The former owner has the role now, and asked for the approval: nobody else is left.
    expect((await decide(projectManager, instance.id, 'approve')).status).toBe(403);
    expect((await decide(manager, instance.id, 'approve')).status).toBe(403);
    expect(await toldOf(admin, instance.id)).toEqual(['approval-no-holder']);
  });

  it('[APR-039] is approved by a role of the tenant', async () => {
    const { instance } = await submitted({ steps: [{ role: 'ACCOUNTING' }] });
    expect((await decide(projectManager, instance.id, 'approve')).status).toBe(403);
    expect((await decide(await app.as('accounting'), instance.id, 'approve')).status).toBe(200);
  });

  it('[APR-022][APR-023] goes to the administrators if the submitter is the only one who could approve', async () => {
    const pov = await newPov(projectManager);
    await join(projectManager, pov.id, engineer.userId, 'SALES_ENGINEER');
    const [phase] = await phasesOf(projectManager, pov.id);
    const { body: instance } = await submit(engineer, pov.id, phase!.id, { steps: [{ role: 'SALES_ENGINEER' }] });
    await app.settled();
    expect((await decide(engineer, instance.id, 'approve')).status).toBe(403);
    expect((await decide(admin, instance.id, 'approve')).status).toBe(200);
  });
});
