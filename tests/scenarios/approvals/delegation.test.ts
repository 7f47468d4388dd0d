import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { InstanceDetail } from '../../../domain/approvals/instance.contract.ts';
import type { Instance } from '../../../domain/approvals/instance.ts';
import type { StandIn } from '../../../domain/approvals/stand-in.ts';
import type { Notification } from '../../../domain/platform/notification.ts';
import type { ProcessView } from '../../../domain/platform/process.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';

type Detail = z.output<typeof InstanceDetail>;
type Answered = Instance & Pick<ProblemBody, 'detail' | 'errors'>;
const path = '/api/workflows/instances', absences = '/api/stand-ins';
let app: App, admin: Client, manager: Client, sales: Client, sales2: Client, sales3: Client, readonly: Client;

beforeAll(async () => {
  app = await bootApp();
  [admin, manager, sales, sales2, sales3, readonly] = await Promise.all(
    (['admin', 'manager', 'sales', 'sales2', 'sales3', 'readonly'] as const).map(name => app.as(name)),
  ) as [Client, Client, Client, Client, Client, Client];
  // In the east the day is over earlier.
  expect((await admin.patch('/api/admin/settings', { timeZone: 'Asia/Tokyo' })).status).toBe(200);
});
afterAll(() => app?.stop());

/** An approval asked for by the manager, of sales. */
async function start(body: object = {}, by = manager): Promise<string> {
  const reference = { referenceType: 'invoice', referenceId: randomUUID(), title: 'Invoice 7' };
  const steps = [{ name: 'Engineer', assigneeIds: [sales.userId] }];
  const answer = await by.post<Instance>(path, { ...reference, steps, ...body });
  expect(answer.status).toBe(201);
  await until('it is asked', async () => (await read(answer.body.id)).status === 'in_progress');
  return answer.body.id;
}
const read = async (id: string, by = admin): Promise<Detail> => (await by.get<Detail>(`${path}/${id}`)).body;
const approve = (id: string, by: Client) => by.post<Answered>(`${path}/${id}/approve`, {});
const hand = (id: string, by: Client, to: Client | string, more: object = {}) =>
  by.post<Answered>(`${path}/${id}/delegate`, { toUserId: typeof to === 'string' ? to : to.userId, ...more });
const waits = async (by: Client, id: string): Promise<boolean> =>
  (await by.get<{ items: Instance[] }>(`${path}?filter[waitingForMe]=true&pageSize=100`)).body.items
    .some(i => i.id === id);
const told = async (by: Client, id: string): Promise<(string | null)[]> =>
  (await by.get<{ items: Notification[] }>(`/api/notifications?filter[referenceId]=${id}&sort=createdAt`)).body.items
    .map(n => n.templateId);
const process = async (id: string) => (await admin.get<ProcessView>(`/api/processes/wf-${id}`)).body;
const storyOf = async (id: string) =>
  (await read(id)).history.map(h => [h.decision, h.by?.name, h.to?.name ?? h.inPlaceOf?.name, h.comment]);
const pointers = (answer: { body: Pick<ProblemBody, 'errors'> }): string[] => answer.body.errors.map(e => e.pointer);

describe('a step that is handed over', () => {
  it('[APR-027] is approved by the delegate, who is told and has it in the inbox; the history shows both', async () => {
    const id = await start();
    expect((await sales2.get(`${path}/${id}`)).status).toBe(404);
    const handed = await hand(id, sales, sales2, { comment: 'At the fair' });
    expect(handed).toMatchObject({ status: 200, body: { stepsStatus: { 'step-1': { status: 'delegated' } } } });
    expect([await waits(sales2, id), await waits(sales, id), await told(sales2, id)])
      .toEqual([true, false, ['approval-delegated']]);
    await until('the process waits for the other one', async () =>
      (await process(id)).waitingFor?.on === 'Sales2 Example (Engineer)');
    expect(await approve(id, sales)).toMatchObject({ status: 403 });
    expect((await sales.get(`${path}/${id}`)).status).toBe(200);
    expect((await approve(id, sales2)).body.status).toBe('completed');
    expect(await storyOf(id)).toEqual([
      ['delegated', 'Sales Example', 'Sales2 Example', 'At the fair'],
      ['approved', 'Sales2 Example', 'Sales Example', null],
    ]);
    expect((await read(id)).steps[0]!.decidedFor).toEqual({ id: sales.userId, name: 'Sales Example' });
    await until('the process has ended', async () => (await process(id)).result === 'completed');
  });

  it('goes on to a third, and back', async () => {
    const id = await start();
    await hand(id, sales, sales2);
    expect((await hand(id, sales2, sales3)).status).toBe(200);
    expect((await hand(id, sales3, sales)).status).toBe(200);
    expect([await waits(sales, id), await waits(sales2, id), await waits(sales3, id)]).toEqual([true, false, false]);
    expect((await approve(id, sales)).status).toBe(200);
  });

  it('leaves the others of a role what they have', async () => {
    const id = await start({ steps: [{ name: 'Sales', role: 'SALESPERSON' }] });
    expect((await hand(id, sales, admin)).status).toBe(200);
    expect([await waits(sales, id), await waits(sales2, id), await waits(admin, id)]).toEqual([false, true, true]);
    expect((await approve(id, sales)).status).toBe(403);
    expect((await approve(id, sales2)).status).toBe(200);
  });

  it('by the message to the process is the same one', async () => {
    const id = await start();
    const send = (by: Client) =>
      by.post<Answered>(`/api/processes/wf-${id}/signals/delegate`, { toUserId: sales2.userId });
    expect([(await send(sales3)).status, (await send(readonly)).status]).toEqual([403, 403]);
    expect(await send(sales)).toMatchObject({ status: 200, body: { steps: [{ status: 'delegated' }] } });
    expect((await approve(id, sales2)).status).toBe(200);
  });

  it('is refused with the field, and nothing changes', async () => {
    const id = await start();
    await inDatabase(app, `update app_user set active = false where id = $1`, [app.tenant.users.sales4]);
    const wrong = [sales, manager, readonly, app.tenant.users.sales4, randomUUID(), 'x'];
    for (const to of wrong) {
      const answer = await hand(id, sales, to);
      expect([answer.status, pointers(answer)]).toEqual([400, ['/toUserId']]);
    }
    expect(pointers(await hand(id, sales, sales2, { stepId: 'step-9' }))).toEqual(['/stepId']);
    expect([(await hand(id, manager, sales2)).status, (await hand(id, readonly, sales2)).status]).toEqual([403, 403]);
    expect(await read(id)).toMatchObject({ history: [], steps: [{ status: 'pending', delegations: [] }] });
    await approve(id, sales);
    const late = await hand(id, sales, sales2);
    expect([late.status, late.body.detail]).toEqual([409, expect.stringMatching(/already approved/)]);
  });

  it('is handed over or decided, whichever is first', async () => {
    const id = await start();
    const answers = await Promise.all([hand(id, sales, sales2), approve(id, sales)]);
    expect(answers.map(a => a.status).sort()).toEqual(answers[0].status === 200 ? [200, 403] : [200, 409]);
  });
});

describe('a stand-in', () => {
  type Named = StandIn & Pick<ProblemBody, 'errors' | 'detail'>;
  const name = (by: Client, standIn: Client | string, days: readonly [string, string], more: object = {}) => {
    const [fromDay, untilDay] = days;
    const standInId = typeof standIn === 'string' ? standIn : standIn.userId;
    return by.post<Named>(absences, { standInId, fromDay, untilDay, ...more });
  };

  it('[APR-027] decides until the end of the last day at the tenant, no longer; the history shows both', async () => {
    // It is Tue 24 Nov 18:00 in Tokyo.
    const before = await start(), during = await start(), after = await start();
    const named = await name(sales, sales2, ['2026-11-25', '2026-11-26']);
    expect(named).toMatchObject({ status: 201, body: { userName: 'Sales Example', standInName: 'Sales2 Example' } });
    expect([(await approve(before, sales2)).status, await waits(sales2, before)]).toEqual([403, false]);
    await app.advance({ to: '2026-11-24T15:00:00.000Z' });
    expect([await waits(sales2, during), (await sales2.get(`${path}/${during}`)).status]).toEqual([true, 200]);
    expect((await read(during)).steps[0]!.standIns).toEqual([
      { id: sales2.userId, name: 'Sales2 Example', for: { id: sales.userId, name: 'Sales Example' } },
    ]);
    const asked = await start();
    expect(await told(sales2, asked)).toEqual(['approval-request']);
    expect(await approve(during, sales2)).toMatchObject({ status: 200, body: { status: 'completed' } });
    expect(await storyOf(during)).toEqual([['approved', 'Sales2 Example', 'Sales Example', null]]);
    expect((await approve(before, sales)).status).toBe(200);
    await app.advance({ to: '2026-11-26T14:59:00.000Z' });
    expect(await waits(sales2, after)).toBe(true);
    await app.advance({ to: '2026-11-26T15:00:00.000Z' });
    expect([await waits(sales2, after), (await approve(after, sales2)).status]).toEqual([false, 403]);
    expect((await sales2.get(`${path}/${after}`)).status).toBe(404);
    expect((await sales2.get(`${path}/${during}`)).status).toBe(200);
  });

  it('is told, and sees it; who named them changes and ends it', async () => {
    const { body: absence } = await name(sales, sales3, ['2026-11-27', '2026-12-24']);
    const bell = await sales3.get<{ items: Notification[] }>('/api/notifications?filter[templateId]=stand-in-named');
    expect(bell.body.items[0]).toMatchObject({ subject: 'You stand in for Sales Example' });
    const seen = async (by: Client) =>
      (await by.get<{ items: StandIn[] }>(absences)).body.items.some(a => a.id === absence.id);
    expect([await seen(sales3), await seen(sales2), await seen(admin)]).toEqual([true, false, true]);
    const id = await start();
    expect(await waits(sales3, id)).toBe(true);
    expect((await sales3.patch(`${absences}/${absence.id}`, { untilDay: '2027-01-31' })).status).toBe(403);
    expect((await sales.patch(`${absences}/${absence.id}`, { untilDay: '2026-12-01' })).status).toBe(200);
    const { body: history } = await sales3.get<{ items: { by: string; changes: { field: string }[] }[] }>(
      `${absences}/${absence.id}/history`,
    );
    expect(history.items[0]).toMatchObject({ by: 'Sales Example', changes: [{ field: 'untilDay' }] });
    expect((await sales.delete(`${absences}/${absence.id}`)).status).toBe(204);
    expect([await waits(sales3, id), (await approve(id, sales3)).status]).toEqual([false, 403]);
  });

  it('stands in for one person alone, not for whom that one stands in', async () => {
    await name(sales, sales2, ['2026-12-01', '2026-12-10']);
    await name(sales2, sales, ['2026-12-01', '2026-12-05']);
    await name(sales2, sales3, ['2026-12-06', '2026-12-10']);
    const id = await start();
    await app.advance({ to: '2026-12-03T00:00:00.000Z' });
    expect([await waits(sales2, id), await waits(sales3, id)]).toEqual([true, false]);
    await app.advance({ to: '2026-12-08T00:00:00.000Z' });
    expect([await waits(sales2, id), await waits(sales3, id)]).toEqual([true, false]);
    expect([(await approve(id, sales3)).status, (await approve(id, sales2)).status]).toEqual([403, 200]);
  });

  it('decides nothing that they asked for themselves, or the one that they stand in for did', async () => {
    await name(manager, sales2, ['2026-12-08', '2026-12-28']);
    await name(sales3, manager, ['2026-12-08', '2026-12-28']);
    const own = await start({ steps: [{ name: 'Management', role: 'SALES_MANAGEMENT' }] });
    const other = await start({ steps: [{ name: 'Engineer', assigneeIds: [sales3.userId] }] });
    expect([await waits(sales2, own), await waits(manager, other)]).toEqual([false, false]);
    expect((await approve(own, sales2)).status).toBe(403);
    expect((await approve(other, manager)).status).toBe(403);
    expect((await approve(other, sales3)).status).toBe(200);
  });

  it('is refused with the field where it cannot be', async () => {
    const at = ['2028-01-10', '2028-01-20'] as const;
    expect((await name(sales, sales2, at)).status).toBe(201);
    const wrong: [string, Promise<{ status: number; body: Pick<ProblemBody, 'errors'> }>][] = [
      ['/standInId', name(sales, sales, ['2028-02-01', '2028-02-02'])],
      ['/standInId', name(sales, readonly, ['2028-02-01', '2028-02-02'])],
      ['/standInId', name(sales, app.tenant.users.sales4, ['2028-02-01', '2028-02-02'])],
      ['/standInId', name(sales, randomUUID(), ['2028-02-01', '2028-02-02'])],
      ['/untilDay', name(sales, sales2, ['2028-02-02', '2028-02-01'])],
      ['/untilDay', name(sales, sales2, ['2026-01-01', '2026-01-02'])],
      ['/fromDay', name(sales, sales3, ['2028-01-20', '2028-01-22'])],
      ['/fromDay', name(sales, sales3, ['2028-01-01', '2028-02-22'])],
      ['/untilDay', name(sales, sales3, ['2028-02-22', '2028-02-30'])],
    ];
    for (const [pointer, asked] of wrong) {
      const answer = await asked;
      expect([answer.status, pointers(answer)]).toEqual([400, [pointer]]);
    }
    const forAnother = { userId: manager.userId };
    expect((await name(sales, sales2, ['2028-03-01', '2028-03-02'], forAnother)).status).toBe(403);
    expect((await name(manager, manager, ['2028-03-01', '2028-03-02'], { userId: sales.userId })).status).toBe(403);
    expect((await name(admin, sales2, ['2028-03-01', '2028-03-02'], forAnother)).status).toBe(201);
    const twice = await Promise.all([1, 2].map(() => name(sales, sales2, ['2028-05-01', '2028-05-09'])));
    expect(twice.map(a => a.status).sort()).toEqual([201, 400]);
  });
});
