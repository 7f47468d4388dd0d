import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, until, type App } from '../../kit/app.ts';
import { client, type Answer } from '../../kit/client.ts';
import { fiftyDays, type Listed } from '../../kit/pov.fixture.ts';

let app: App;
beforeAll(async () => {
  app = await bootApp();
});
afterAll(() => app?.stop());

type Paths = Record<string, Record<string, object>>;
type Verb = 'get' | 'post' | 'put' | 'patch';
type Send = <T>(operation: `${Verb} /api/${string}`, ids?: Record<string, string>, body?: object) => Promise<Answer<T>>;

/** A program that calls nothing but what the document has, and signs in by nothing but its key. */
async function robot(username: string, paths: Paths): Promise<Send> {
  const api = client(app.url, { Authorization: `Bearer ${await keyOf(username)}` });
  return async <T>(operation: string, ids: Record<string, string> = {}, body: object = {}): Promise<Answer<T>> => {
    const [method, path] = operation.split(' ') as [Verb, string];
    if (!paths[path]?.[method]) throw new Error(`The document has no ${operation}`);
    const url = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name]!));
    if (method === 'get') return api.get<T>(url);
    const idempotent = { 'Idempotency-Key': randomUUID() };
    const once = await api[method]<T>(url, body, idempotent);
    // Whoever is not sure of an answer sends the same again.
    const again = await api[method]<T>(url, body, idempotent);
    expect([operation, once.status < 300, again.status, again.body]).toEqual([operation, true, once.status, once.body]);
    return again;
  };
}

async function keyOf(username: string): Promise<string> {
  const owner = await app.as(username);
  return (await owner.post<{ key: string }>('/api/api-keys', { name: 'Robot' })).body.key;
}

interface Phase {
  id: string;
  status: string;
}
interface View {
  status: string;
  result: string | null;
  waitingFor: { sentence: string } | null;
}

describe('an integrator', () => {
  it('[PLT-027] [PLT-051] [PLT-052] [PLT-053] takes a POV from nothing to WON, by keys and the document', async () => {
    const { paths } = (await app.anonymous.get<{ paths: Paths }>('/api/openapi.json')).body;
    const manager = await robot('manager', paths);
    const approvers = [await robot('sales', paths), await robot('sales2', paths)];

    const made = await manager<{ data: { id: string } }>('post /api/povs', {}, { title: 'By robot', ...fiftyDays });
    const { id } = made.body.data;
    const people = await manager<Listed<{ id: string; name: string }>>('get /api/people');
    const idOf = (name: string): string => people.body.items.find(p => p.name === name)!.id;
    const team = { 'Sales Example': 'PROJECT_MANAGER', 'Sales2 Example': 'SALES_ENGINEER' };
    for (const [name, role] of Object.entries(team))
      await manager('post /api/povs/{id}/team/members', { id }, { userId: idOf(name), role });

    const launched = await manager<{ id: string; checklist: { items: { key: string }[] } }>(
      'post /api/povs/{id}/launch',
      { id },
    );
    const ticks = launched.body.checklist.items.map(({ key }) => ({ key, completed: true }));
    await manager('patch /api/povs/{id}/launch/checklist', { id }, { items: ticks });
    const confirmed = await manager('post /api/povs/{id}/launch/confirm', { id });
    expect(confirmed).toMatchObject({ status: 200, body: { confirmed: true } });

    const view = async (of: string): Promise<View> =>
      (await manager<View>('get /api/processes/{workflowId}', { workflowId: of })).body;
    const phase = async (): Promise<Phase> =>
      (await manager<Listed<Phase>>('get /api/povs/{id}/phases', { id })).body.items[0]!;
    await until('the first phase runs', async () => (await phase()).status === 'IN_PROGRESS');
    const { body: approval } = await manager<{ id: string; temporalWorkflowId: string }>(
      'post /api/povs/{id}/phases/{phaseId}/submit',
      { id, phaseId: (await phase()).id },
    );
    const decide = { workflowId: approval.temporalWorkflowId, name: 'decide' };
    await until('both are asked', async () =>
      /Sales Example.*Sales2 Example/.test((await view(decide.workflowId)).waitingFor?.sentence ?? ''),
    );
    for (const approver of approvers)
      await approver('post /api/processes/{workflowId}/signals/{name}', decide, { decision: 'approved' });
    await until('the phase is completed', async () => (await phase()).status === 'COMPLETED');

    for (const to of ['VALIDATION', 'WON'])
      expect(await manager('post /api/povs/{id}/transitions', { id }, { to })).toMatchObject({ body: { status: to } });
    await until('its process has ended', async () => (await view(`pov-lifecycle-${id}`)).status === 'closed');
    expect((await view(`pov-lifecycle-${id}`)).result).toBe('WON');
    const told = await manager<Listed<{ action: string }>>('get /api/povs/{id}/activities', { id });
    const changes = told.body.items.filter(a => a.action === 'status.changed');
    // Each was sent twice, and done once.
    expect([changes.length, told.body.items.filter(a => a.action === 'member.added').length]).toEqual([3, 2]);
  });
});
