import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, until, type App } from '../../kit/app.ts';
import { client, type Answer, type ProblemBody } from '../../kit/client.ts';
import { fiftyDays, type Listed } from '../../kit/pov.fixture.ts';

let app: App;
beforeAll(async () => {
  app = await bootApp();
});
afterAll(() => app?.stop());

type Paths = Record<string, Record<string, object>>;
type Verb = 'get' | 'post' | 'put' | 'patch';
type Send = <T>(
  operation: `${Verb} /api/${string}`,
  ids?: Record<string, string>,
  body?: object,
  refused?: number,
) => Promise<Answer<T>>;

/** A program that calls nothing but what the document has, and signs in by nothing but its key. */
async function robot(username: string, paths: Paths): Promise<Send> {
  const api = client(app.url, { Authorization: `Bearer ${await keyOf(username)}` });
  return async <T>(operation: string, ids: Record<string, string> = {}, body: object = {}, refused?: number) => {
    const [method, path] = operation.split(' ') as [Verb, string];
    if (!paths[path]?.[method]) throw new Error(`The document has no ${operation}`);
    const url = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(ids[name]!));
    if (method === 'get') return api.get<T>(url);
    const idempotent = { 'Idempotency-Key': randomUUID() };
    const once = await api[method]<T>(url, body, idempotent);
    // Whoever is not sure of an answer sends the same again.
    const again = await api[method]<T>(url, body, idempotent);
    const good = refused ? once.status === refused : once.status < 300;
    expect([operation, once.status, good, again.status]).toEqual([operation, once.status, true, once.status]);
    if (!refused) expect(again.body).toEqual(once.body);
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

/** From the page for people to the document for programs, as its console finds it. */
async function documentOf(): Promise<{ paths: Paths }> {
  const { body: page } = await app.anonymous.get<string>('/api/docs');
  const scripts = [...page.matchAll(/<script[^>]* src="([^"]+)"/g)].map(found => found[1]!);
  const texts = await Promise.all(scripts.map(async path => (await app.anonymous.get<string>(path)).body));
  const url = texts.map(text => /url: '([^']+)'/.exec(text)?.[1]).find(Boolean);
  return (await app.anonymous.get<{ paths: Paths }>(url!)).body;
}

describe('an integrator', () => {
  const title =
    '[PLT-027] [PLT-051] [PLT-052] [PLT-053] takes a POV from nothing to WON by keys and what /api/docs leads to';
  it(title, async () => {
    const { paths } = await documentOf();
    const [manager, sales, sales2, admin] = await Promise.all(
      ['manager', 'sales', 'sales2', 'admin'].map(name => robot(name, paths)),
    ) as [Send, Send, Send, Send];

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
    const [last, ...first] = launched.body.checklist.items.map(({ key }) => ({ key, completed: true }));
    await manager('patch /api/povs/{id}/launch/checklist', { id }, { items: first });
    const early = await manager<ProblemBody>('post /api/povs/{id}/launch/confirm', { id }, {}, 409);
    expect(early.body.details).toEqual([expect.stringMatching(/team members confirmed/i)]);
    await manager('patch /api/povs/{id}/launch/checklist', { id }, { items: [last] });
    const confirmed = await manager('post /api/povs/{id}/launch/confirm', { id });
    expect(confirmed).toMatchObject({ status: 200, body: { confirmed: true } });

    const view = async (of: string): Promise<View> =>
      (await manager<View>('get /api/processes/{workflowId}', { workflowId: of })).body;
    const lifecycle = `pov-lifecycle-${id}`;
    const waitsFor = (of: string, words: RegExp): Promise<void> =>
      until(`it says ${words}`, async () => words.test((await view(of)).waitingFor?.sentence ?? ''));
    const phase = async (): Promise<Phase> =>
      (await manager<Listed<Phase>>('get /api/povs/{id}/phases', { id })).body.items[0]!;
    await until('the first phase runs', async () => (await phase()).status === 'IN_PROGRESS');
    const at = { id, phaseId: (await phase()).id };

    await manager('post /api/povs/{id}/phases/{phaseId}/milestones', at, {
      ...{ name: 'Kick-off', dueDate: '2026-11-24T10:00:00Z' },
    });
    await admin('post /api/sandbox/clock/advance', {}, { by: 'PT2H' });
    await until('its milestone is overdue', async () => {
      const { body } = await manager<Listed<{ status: string }>>('get /api/povs/{id}/phases/{phaseId}/milestones', at);
      return body.items[0]!.status === 'OVERDUE';
    });

    const decide = 'post /api/processes/{workflowId}/signals/{name}';
    const round = async (): Promise<{ workflowId: string; name: string }> => {
      const { body } = await manager<{ temporalWorkflowId: string }>('post /api/povs/{id}/phases/{phaseId}/submit', at);
      await waitsFor(body.temporalWorkflowId, /Sales Example.*Sales2 Example/);
      return { workflowId: body.temporalWorkflowId, name: 'decide' };
    };
    const rejected = await round();
    await manager(decide, rejected, { decision: 'approved' }, 403);
    await sales(decide, rejected, { decision: 'rejected', comment: 'No test data' });
    await sales2(decide, rejected, { decision: 'approved' }, 409);
    await waitsFor(lifecycle, /came back \(.*No test data\)/);
    const approved = await round();
    for (const approver of [sales, sales2]) await approver(decide, approved, { decision: 'approved' });
    await until('the phase is completed', async () => (await phase()).status === 'COMPLETED');

    const wrong = await manager<ProblemBody>('post /api/povs/{id}/transitions', { id }, { to: 'WON' }, 409);
    expect(wrong.body.details.length).toBeGreaterThan(0);
    for (const to of ['VALIDATION', 'WON'])
      expect(await manager('post /api/povs/{id}/transitions', { id }, { to })).toMatchObject({ body: { status: to } });
    await until('its process has ended', async () => (await view(lifecycle)).status === 'closed');
    expect((await view(lifecycle)).result).toBe('WON');
    const told = await manager<Listed<{ action: string }>>('get /api/povs/{id}/activities', { id });
    const times = (action: string): number => told.body.items.filter(a => a.action === action).length;
    // Each was sent twice, and done once.
    expect([times('status.changed'), times('member.added'), times('milestone.overdue')]).toEqual([3, 2, 1]);
  });
});
