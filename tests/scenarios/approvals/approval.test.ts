import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { InstanceDetail } from '../../../domain/approvals/instance.contract.ts';
import type { Instance } from '../../../domain/approvals/instance.ts';
import type { ProcessView } from '../../../domain/platform/process.ts';
import type { Notification } from '../../../domain/platform/notification.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { newPov } from '../../kit/pov.fixture.ts';

type Detail = z.output<typeof InstanceDetail>;
type Answered = Instance & Pick<ProblemBody, 'detail' | 'errors'>;
const path = '/api/workflows/instances';
let app: App, manager: Client, sales: Client, sales2: Client, admin: Client;

beforeAll(async () => {
  app = await bootApp();
  [manager, sales, sales2, admin] = await Promise.all([
    app.as('manager'),
    app.as('sales'),
    app.as('sales2'),
    app.as('admin'),
  ]);
});
afterAll(() => app?.stop());

/** A request for approval by the manager: two salespeople, both must approve. */
async function start(body: object = {}, by = manager): Promise<Instance> {
  const steps = [
    { name: 'Engineer', role: 'SALES_ENGINEER', assigneeIds: [sales.userId] },
    { name: 'Project manager', role: 'PROJECT_MANAGER', assigneeIds: [sales2.userId] },
  ];
  const reference = { referenceType: 'invoice', referenceId: randomUUID() };
  const answer = await by.post<Instance>(path, { ...reference, title: 'Setup', mode: 'parallel-all', steps, ...body });
  expect([answer.status, answer.body]).toEqual([201, expect.objectContaining({ status: 'pending' })]);
  return answer.body;
}
const read = async (id: string, by = admin) => (await by.get<Detail>(`${path}/${id}`)).body;
const process = async (id: string) => (await admin.get<ProcessView>(`/api/processes/wf-${id}`)).body;
const execution = (id: string) => app.engine.client.workflow.getHandle(`wf-${id}`);
const opened = (id: string) => until('the step is open', async () => (await read(id)).status === 'in_progress');
const closed = (id: string) => until('the process has ended', async () => (await process(id)).status === 'closed');
const approve = (id: string, by: Client, body: object = {}, headers = {}) =>
  by.post<Answered>(`${path}/${id}/approve`, body, headers);
const inbox = async (by: Client) =>
  (await by.get<{ items: Instance[]; total: number }>(`${path}?filter[waitingForMe]=true&pageSize=100`)).body;
const bell = async (by: Client) =>
  (await by.get<{ items: Notification[] }>('/api/notifications?pageSize=100&sort=createdAt')).body.items;

describe('an approval from request to end', () => {
  it('[APR-012][APR-015] starts pending with type, metadata and steps; in progress at the first step', async () => {
    const phaseId = randomUUID();
    const { id: povId } = await newPov(manager);
    const pov = { referenceType: 'pov', referenceId: povId, type: 'PHASE_APPROVAL', metadata: { phaseId } };
    const { id, ...instance } = await start(pov);
    expect(instance).toMatchObject({
      ...pov,
      storyId: povId,
      temporalWorkflowId: `wf-${id}`,
      requesterId: manager.userId,
      isOverdue: false,
    });
    expect(instance.steps.map(s => s.status)).toEqual(['pending', 'pending']);
    await opened(id);
    const running = await execution(id).describe();
    expect([running.type, running.status.name]).toEqual(['approval', 'RUNNING']);
  });

  it('[APR-032] is found in the engine by the record that it is about, and linked from its process', async () => {
    const { id, referenceId } = await start();
    const found = async () => {
      const ids: string[] = [];
      const query = `ReferenceId = '${referenceId}' AND TenantId = '${app.tenant.id}' AND ProcessType = 'approval'`;
      for await (const { workflowId } of app.engine.client.workflow.list({ query })) ids.push(workflowId);
      return ids;
    };
    await until('the engine lists it', async () => (await found()).length > 0);
    expect(await found()).toEqual([`wf-${id}`]);
    expect((await process(id)).temporalUrl).toMatch(new RegExp(`^http://.*/workflows/wf-${id}/`));
  });

  it('[APR-018] goes on by itself with each decision, and tells requester and approvers', async () => {
    const { id } = await start({ title: 'Invoice 1001' });
    await opened(id);
    expect((await approve(id, await app.as('sales3'))).status).toBe(403);
    expect((await approve(id, sales, { comment: 'Fine' })).body).toMatchObject({ status: 'in_progress' });
    expect((await approve(id, sales2)).body).toMatchObject({ status: 'completed', completedAt: expect.any(String) });
    await closed(id);
    expect((await read(id)).history).toMatchObject([
      { stepId: 'step-1', decision: 'approved', by: { name: 'Sales Example' }, comment: 'Fine' },
      { stepId: 'step-2', decision: 'approved', by: { name: 'Sales2 Example' }, comment: null },
    ]);
    expect((await bell(sales)).filter(n => n.referenceId === id).map(n => n.templateId)).toEqual(['approval-request']);
    expect((await bell(manager)).find(n => n.referenceId === id)).toMatchObject({
      subject: 'Invoice 1001 is approved',
    });
    expect(await execution(id).result()).toBe('completed');
  });

  it('[APR-013] shows its steps by name', async () => {
    const { id } = await start();
    await approve(id, sales);
    expect((await read(id)).stepsStatus).toEqual({
      'step-1': { status: 'approved', approvedBy: sales.userId, approvedAt: expect.any(String) },
      'step-2': { status: 'pending' },
    });
  });

  it('[APR-016] is in progress with one of two, completed with both', async () => {
    const { id } = await start();
    expect((await approve(id, sales)).body.status).toBe('in_progress');
    expect((await approve(id, sales2)).body.status).toBe('completed');
  });

  it('[APR-019] ends with a rejection, told to the requester; the other steps stay pending for good', async () => {
    const steps = ['A', 'B', 'C'].map(name => ({ name, assigneeIds: [sales.userId] }));
    const { id } = await start({ steps, mode: 'sequence' });
    const reject = (body: object) => sales.post<Answered>(`${path}/${id}/reject`, body);
    expect(await reject({})).toMatchObject({ status: 400, body: { errors: [{ pointer: '/comment' }] } });
    expect((await reject({ comment: 'No test data' })).body.status).toBe('rejected');
    await closed(id);
    expect((await read(id)).steps.map(s => s.status)).toEqual(['rejected', 'pending', 'pending']);
    const message = (await bell(manager)).find(n => n.referenceId === id);
    expect(message).toMatchObject({
      templateId: 'approval-decided',
      body: expect.stringContaining('Sales Example: No test data'),
    });
    expect((await process(id)).result).toBe('rejected');
  });

  it('[APR-020] is called off with a reason; its execution is closed and nobody can approve it any more', async () => {
    const { id } = await start();
    await opened(id);
    expect((await manager.post(`${path}/${id}/cancel`, {})).status).toBe(400);
    const { body } = await manager.post<Instance>(`${path}/${id}/cancel`, { reason: 'Plans changed' });
    expect(body).toMatchObject({ status: 'cancelled', cancelReason: 'Plans changed', cancelledAt: expect.any(String) });
    await closed(id);
    expect(await execution(id).result()).toBe('cancelled');
    expect(await approve(id, sales)).toMatchObject({
      status: 409,
      body: { detail: 'The approval is already cancelled' },
    });
    expect((await bell(sales)).filter(n => n.referenceId === id).map(n => n.templateId)).toContain(
      'approval-withdrawn',
    );
  });

  it('[APR-014] takes a further step while it runs', async () => {
    const { id } = await start({ mode: 'sequence' });
    const added = await manager.post<Instance>(`${path}/${id}/steps`, {
      name: 'Legal',
      order: 2,
      role: 'VP',
      metadata: { law: 'HGB' },
    });
    expect(added.status).toBe(201);
    expect(added.body.steps.at(-1)).toMatchObject({
      name: 'Legal',
      order: 2,
      role: 'VP',
      status: 'pending',
      metadata: { law: 'HGB' },
    });
    expect((await sales.post(`${path}/${id}/steps`, { name: 'Mine' })).status).toBe(403);
    await approve(id, sales);
    expect((await approve(id, sales2)).body.status).toBe('in_progress');
  });

  it('[APR-015] may be started without steps; they are added and opened then', async () => {
    const { id } = await start({ steps: [] });
    await until('it waits', async () => (await process(id)).waitingFor?.on === 'steps to be added');
    await manager.post(`${path}/${id}/steps`, { name: 'Engineer', assigneeIds: [sales.userId] });
    await opened(id);
    expect((await approve(id, sales)).body.status).toBe('completed');
  });

  it('[APR-024] decides a sequence in its order', async () => {
    const { id } = await start({ mode: 'sequence' });
    expect(await approve(id, sales2)).toMatchObject({
      status: 409,
      body: { detail: 'Project manager comes after Engineer, which is still to be decided' },
    });
    await approve(id, sales);
    await until('the second step is open', async () => (await read(id)).steps[1]!.openedAt !== null);
    expect((await approve(id, sales2)).body.status).toBe('completed');
  });
});

describe('a decision', () => {
  it('[APR-021] of two approvers at once is one 200 and one 409 that tells the first', async () => {
    const { id } = await start({ steps: [{ name: 'Sales', role: 'SALESPERSON' }] });
    await opened(id);
    const answers = await Promise.all([approve(id, sales), approve(id, sales2)]);
    expect(answers.map(a => a.status).sort()).toEqual([200, 409]);
    const lost = answers.find(a => a.status === 409)!;
    expect(lost.body.detail).toMatch(/^Sales is already approved by Sales2? Example on Tue 24 Nov 09:00$/);
  });

  it('[APR-021] repeated with one idempotency key gives the first answer', async () => {
    const { id } = await start();
    const key = { 'Idempotency-Key': randomUUID() };
    const first = await approve(id, sales, {}, key);
    expect(first.status).toBe(200);
    expect(await approve(id, sales, {}, key)).toMatchObject({ status: 200, body: first.body });
    expect((await approve(id, sales)).status).toBe(409);
  });

  it('[APR-018] by the message to the process is the same one', async () => {
    const { id } = await start();
    const decide = (by: Client, body: object) => by.post<Answered>(`/api/processes/wf-${id}/signals/decide`, body);
    expect((await decide(await app.as('sales3'), { decision: 'approved' })).status).toBe(403);
    expect((await decide(await app.as('readonly'), { decision: 'approved' })).status).toBe(403);
    expect((await decide(sales, { decision: 'rejected' })).status).toBe(400);
    expect(await decide(sales, { decision: 'approved' })).toMatchObject({
      status: 200,
      body: { status: 'in_progress' },
    });
    expect((await decide(sales, { decision: 'approved' })).status).toBe(409);
  });

  it('[APR-022] is not the requester’s own, whatever the requester asks for', async () => {
    const steps = [{ name: 'Manager', role: 'SALES_MANAGEMENT' }];
    expect((await approve((await start({ steps })).id, manager)).status).toBe(403);
    expect((await approve((await start({ steps, excludeRequester: false })).id, manager)).status).toBe(403);
  });

  it('[APR-023] falls to the administrators, who are told, if nobody holds the role', async () => {
    const { id } = await start({ steps: [{ name: 'CFO approval', role: 'CFO' }] });
    await opened(id);
    expect((await bell(admin)).find(n => n.referenceId === id)).toMatchObject({ templateId: 'approval-no-holder' });
    expect((await inbox(admin)).items.map(i => i.id)).toContain(id);
    expect((await approve(id, admin)).status).toBe(200);
  });

  it('[APR-038] can be skipped by an administrator, with a reason', async () => {
    const { id } = await start();
    const skip = (by: Client, body: object) => by.post<Instance>(`${path}/${id}/skip`, body);
    expect((await skip(admin, { stepId: 'step-1' })).status).toBe(400);
    expect((await skip(manager, { stepId: 'step-1', reason: 'On leave' })).status).toBe(403);
    expect((await skip(admin, { stepId: 'step-1', reason: 'On leave' })).body.steps[0]).toMatchObject({
      status: 'skipped',
    });
    expect((await approve(id, sales2)).body.status).toBe('completed');
    expect((await read(id)).history.map(h => [h.decision, h.comment])).toEqual([
      ['skipped', 'On leave'],
      ['approved', null],
    ]);
  });

  it('[APR-018] survives a worker that is away, and everything goes on when it is back', async () => {
    const { id } = await start();
    await opened(id);
    await app.stopWorker();
    expect((await approve(id, sales)).status).toBe(200);
    expect((await approve(id, sales2)).body.status).toBe('completed');
    await app.startWorker();
    await closed(id);
    expect((await bell(manager)).filter(n => n.referenceId === id)).toHaveLength(1);
  });
});

describe('lists', () => {
  it('[APR-017][APR-031] the inbox holds exactly what waits for me', async () => {
    const reader = await app.as('accounting');
    expect((await inbox(reader)).total).toBe(0);
    const steps = [{ name: 'Accounting', role: 'ACCOUNTING' }];
    const [a, b] = [await start({ steps, title: 'One' }), await start({ steps, title: 'Two' })];
    await start();
    expect((await inbox(reader)).items.map(i => i.title).sort()).toEqual(['One', 'Two']);
    await approve(a.id, reader);
    expect((await inbox(reader)).items.map(i => i.id)).toEqual([b.id]);
  });

  it('[APR-017] filters by reference and status, in any case', async () => {
    const { id, referenceId } = await start();
    const list = async (filter: string) =>
      (await admin.get<{ items: Instance[] }>(`${path}?${filter}`)).body.items.map(i => i.id);
    expect(await list(`filter[referenceType]=invoice&filter[referenceId]=${referenceId}`)).toEqual([id]);
    expect(await list(`filter[referenceId]=${referenceId}&filter[status][in]=PENDING,IN_PROGRESS`)).toEqual([id]);
    expect(await list(`filter[referenceId]=${referenceId}&filter[type]=APPROVAL`)).toEqual([id]);
    expect(await list(`filter[referenceId]=${referenceId}&filter[status]=cancelled`)).toEqual([]);
  });

  it('[APR-017] hides from a salesperson what they have nothing to do with', async () => {
    const { id } = await start();
    expect((await (await app.as('sales3')).get(`${path}/${id}`)).status).toBe(404);
    expect((await sales.get(`${path}/${id}`)).status).toBe(200);
    expect((await (await app.as('readonly')).get(`${path}/${id}`)).status).toBe(200);
  });
});

describe('before and after', () => {
  const steps = () => [{ name: 'Engineer', role: 'SALES_ENGINEER', assigneeIds: [sales.userId] }];

  it('can be rehearsed: nothing is started', async () => {
    const reference = { referenceType: 'invoice', referenceId: randomUUID(), title: 'Invoice 7', steps: steps() };
    const { status, body } = await manager.post<{ future: { what: string }[] }>(
      '/api/processes/approval/simulate',
      reference,
    );
    expect([status, body.future[0]?.what]).toEqual([200, 'Asks Sales Example (Sales engineer) to approve Invoice 7']);
    const { body: none } = await manager.get<{ total: number }>(`${path}?filter[referenceId]=${reference.referenceId}`);
    expect(none.total).toBe(0);
  });

  it('[APR-049] is started as a process, by an integrator with a key', async () => {
    const { body: key } = await manager.post<{ key: string }>('/api/api-keys', {
      name: 'Integration',
      role: 'SALES_MANAGEMENT',
    });
    const bearer = { Authorization: `Bearer ${key.key}` };
    const reference = { referenceType: 'invoice', referenceId: randomUUID(), steps: steps() };
    const process = await app.anonymous.post<{ workflowId: string }>('/api/processes/approval', reference, bearer);
    expect([process.status, process.body.workflowId]).toEqual([202, expect.stringMatching(/^wf-/)]);
    expect((await app.anonymous.post(path, reference, bearer)).status).toBe(201);
  });

  it('[PLT-052] says which commands are open, and why others are not', async () => {
    const { id } = await start({ steps: steps() });
    const whyNot = async (by: Client) => {
      const { body } = await by.get<ProcessView>(`/api/processes/wf-${id}`);
      return Object.fromEntries(body.allowedCommands.map(c => [c.name, c.whyNot]));
    };
    expect(await whyNot(sales)).toEqual({
      decide: null,
      delegate: null,
      cancel: 'Only who asked for it or a manager may call it off',
      skip: 'Your role does not allow it',
      hold: 'Your role does not allow it',
      resume: 'Your role does not allow it',
    });
    expect(await whyNot(manager)).toMatchObject({
      decide: 'Only Sales Example (Sales engineer) may decide Engineer',
      cancel: null,
      hold: null,
      resume: 'It is not on hold',
    });
  });

  it('[APR-050] is known by the short names of its events', async () => {
    const { id } = await start({ steps: steps() });
    await approve(id, sales);
    await closed(id);
    const { body } = await admin.get<{ items: { entityId: string }[] }>('/api/events?name=workflow.approved&limit=100');
    expect(body.items.map(e => e.entityId)).toContain(id);
  });
});

describe('bad input', () => {
  const reference = { referenceType: 'invoice', referenceId: randomUUID() };
  it.each([
    ['an unknown type', { ...reference, type: 'other' }, '/type'],
    ['no reference', {}, '/referenceType'],
    ['a step without a name', { ...reference, steps: [{ role: 'VP' }] }, '/steps/0/name'],
    [
      'an assignee who does not exist',
      { ...reference, steps: [{ name: 'A', assigneeIds: [randomUUID()] }] },
      '/assigneeIds',
    ],
    [
      'two steps of one name',
      {
        ...reference,
        steps: [
          { name: 'A', stepId: 'a' },
          { name: 'B', stepId: 'a' },
        ],
      },
      '/steps',
    ],
  ])('refuses %s', async (_, body, pointer) => {
    const answer = await manager.post<ProblemBody>(path, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map(e => e.pointer)).toContain(pointer);
  });

  it('[APR-022] lets nobody forge a requester or a parent', async () => {
    const forged = {
      requesterId: sales.userId,
      parent: { type: 'povLifecycle', entityId: randomUUID() },
      storyId: randomUUID(),
    };
    const { id } = await start(forged);
    expect(await read(id)).toMatchObject({ requesterId: manager.userId, parent: null });
  });
});
