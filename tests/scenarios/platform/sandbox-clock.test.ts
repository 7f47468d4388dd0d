import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { makeTenant, testNow } from '../../kit/people.ts';

let app: App, manager: Client, sales: Client;
beforeAll(async () => {
  app = await bootApp();
  [manager, sales] = await Promise.all([app.as('manager'), app.as('sales')]);
});
afterAll(() => app?.stop());

interface Clock {
  now: string;
  frozen: boolean;
}
interface Operation {
  id: string;
  status: string;
  result: Record<string, unknown> | null;
}
const clock = async (who = manager): Promise<Clock> => (await who.get<Clock>('/api/sandbox/clock')).body;

describe('the sandbox clock', () => {
  it('stands where it was put and moves forward by a duration, as an operation', async () => {
    expect(await clock()).toEqual({ now: testNow, frozen: true });
    const asked = await manager.post<Operation>('/api/sandbox/clock/advance', { by: 'P1DT2H' });
    expect([asked.status, asked.body.status]).toEqual([202, 'running']);
    await until(
      'it is done',
      async () => (await manager.get<Operation>(`/api/operations/${asked.body.id}`)).body.status === 'done',
    );
    expect(await clock()).toEqual({ now: '2026-11-25T11:00:00.000Z', frozen: true });
  });

  it('never moves back, and says where it stands', async () => {
    const back = await manager.post<ProblemBody>('/api/sandbox/clock/advance', { to: '2020-01-01T00:00:00Z' });
    expect(back.status).toBe(409);
    expect(back.body.detail).toContain('only moves forward');
  });

  it.each([
    [{}, '/to'],
    [{ by: 'soon' }, '/by'],
    [{ to: 'tomorrow' }, '/to'],
    [{ by: 'P1D', to: '2027-01-01T00:00:00Z' }, '/to'],
  ])('refuses %j naming the field', async (body, pointer) => {
    const { status, body: problem } = await manager.post<ProblemBody>('/api/sandbox/clock/advance', body);
    expect([status, problem.errors[0]?.pointer]).toEqual([400, pointer]);
  });

  it.each([
    [{ to: '2200-01-01T00:00:00Z' }, '/to'],
    [{ by: 'P9999W' }, '/by'],
  ])('refuses %j: what processes count from there must have a year of four digits', async (body, pointer) => {
    const { status, body: problem } = await manager.post<ProblemBody>('/api/sandbox/clock/advance', body);
    expect([status, problem.errors[0]?.pointer]).toEqual([400, pointer]);
  });

  it('is moved by one advance at a time, and runs on afterwards if it ran before', async () => {
    const running = await makeTenant({ frozen: false });
    const boss = await app.as('manager', running);
    const asked = await Promise.all(
      Array.from({ length: 4 }, () => boss.post<Operation & ProblemBody>('/api/sandbox/clock/advance', { by: 'P1D' })),
    );
    expect(asked.map(a => a.status).sort()).toEqual([202, 409, 409, 409]);
    expect(asked.find(a => a.status === 409)!.body.code).toBe('clock-is-moving');
    const { id } = asked.find(a => a.status === 202)!.body;
    await until(
      'it is done',
      async () => (await boss.get<Operation>(`/api/operations/${id}`)).body.status === 'done',
    );
    expect((await clock(boss)).frozen).toBe(false);
    expect((await boss.post('/api/sandbox/clock/advance', { by: 60 })).status).toBe(202);
  });

  it('is moved by managers and administrators only, and seen by all', async () => {
    expect((await sales.post('/api/sandbox/clock/advance', { by: 60 })).status).toBe(403);
    expect((await clock(sales)).frozen).toBe(true);
  });

  it('exists in sandbox tenants only', async () => {
    const real = await makeTenant({ frozen: false });
    await app.orm.em.fork().execute('update tenant set sandbox = false where id = ?', [real.id], 'run');
    const boss = await app.as('manager', real);
    expect((await boss.post('/api/sandbox/clock/advance', { by: 60 })).status).toBe(409);
    expect((await boss.put('/api/sandbox/clock', { frozen: true })).status).toBe(409);
    expect(Math.abs(Date.parse((await clock(boss)).now) - Date.now())).toBeLessThan(60_000);
  });

  it('wakes every process at its own instant, in the order of time', async () => {
    const povs = await Promise.all(
      [3, 1, 2].map(async days => {
        const due = new Date(Date.parse((await clock()).now) + days * 86_400_000).toISOString();
        const { body } = await manager.post<{ data: { id: string } }>('/api/povs', {
          title: `Due in ${days}`,
          startDate: due,
          endDate: due,
        });
        const phases = await manager.get<{ items?: { id: string }[]; data?: { id: string }[] }>(
          `/api/povs/${body.data.id}/phases`,
        );
        const [phase] = phases.body.items ?? phases.body.data ?? [];
        await manager.post(`/api/povs/${body.data.id}/phases/${phase!.id}/milestones`, { name: 'Day', dueDate: due });
        return { id: body.data.id, due };
      }),
    );
    await app.advance({ by: 'P4D' });
    const { body } = await manager.get<{ items: { name: string; at: string; storyId: string }[] }>(
      '/api/events?name=pov.milestone.overdue&limit=50',
    );
    const mine = body.items.filter(e => povs.some(p => p.id === e.storyId));
    expect(mine.map(e => [e.storyId, e.at])).toEqual(
      [...povs].sort((a, b) => a.due.localeCompare(b.due)).map(p => [p.id, p.due]),
    );
  });

  it('can be let go: processes then wait by real timers', async () => {
    expect((await manager.put<Clock>('/api/sandbox/clock', { frozen: false })).body.frozen).toBe(false);
    expect((await clock()).frozen).toBe(false);
    await app.settled();
    expect((await clock()).frozen).toBe(false);
  });
});
