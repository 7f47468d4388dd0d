import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Milestone, MilestoneOfPov } from '../../../domain/pov/milestone.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { makeTenant } from '../../kit/people.ts';
import {
  activitiesOf,
  join,
  lifecycleOf,
  newPov,
  notificationsOf,
  phasesOf,
  type Listed,
} from '../../kit/pov.fixture.ts';

interface AuditEntry {
  action: string;
  user: string;
  userId: string | null;
  oldValues: Record<string, unknown> | null;
  newValues: Record<string, unknown> | null;
}
let app: App, manager: Client;
beforeAll(async () => {
  app = await bootApp();
  manager = await app.as('manager');
});
afterAll(() => app?.stop());

describe('milestones', () => {
  it('[POV-029] [POV-031] are created pending, changed and deleted', async () => {
    const pov = await newPov(manager);
    const [phase] = await phasesOf(manager, pov.id);
    const path = `/api/povs/${pov.id}/phases/${phase!.id}/milestones`;
    const { status, body: milestone } = await manager.post<Milestone>(path, {
      name: 'Kick-off',
      dueDate: '2026-12-01T09:00:00Z',
    });
    expect([status, milestone.status, milestone.dueDate]).toEqual([201, 'PENDING', '2026-12-01T09:00:00.000Z']);
    expect((await manager.patch(`${path}/${milestone.id}`, { status: 'LATE' })).status).toBe(400);
    expect((await manager.patch<Milestone>(`${path}/${milestone.id}`, { status: 'COMPLETED' })).body).toMatchObject({
      status: 'COMPLETED',
      completedAt: expect.stringMatching(/^2026-11-24T09:00:00/),
    });
    expect((await manager.get<Listed<Milestone>>(path)).body.items.map(m => m.name)).toEqual(['Kick-off']);
    expect((await manager.delete(`${path}/${milestone.id}`)).status).toBe(200);
    expect((await manager.get<Listed<Milestone>>(path)).body.items).toEqual([]);
    expect((await manager.post(path, { name: 'No date' })).status).toBe(400);
  });

  it('[POV-031] [POV-088] of all POVs that one may read stand in one list, by date', async () => {
    const sales = await app.as('sales');
    const [mine, other] = [await newPov(manager, { title: 'Kiln' }), await newPov(manager, { title: 'Vault' })];
    await join(manager, mine.id, app.tenant.users.sales, 'SALES_ENGINEER');
    const add = async (povId: string, name: string, dueDate: string): Promise<string> => {
      const [phase] = await phasesOf(manager, povId);
      const path = `/api/povs/${povId}/phases/${phase!.id}/milestones`;
      return `${path}/${(await manager.post<Milestone>(path, { name, dueDate })).body.id}`;
    };
    await add(mine.id, 'Later', '2026-12-02T09:00:00Z');
    await add(mine.id, 'Sooner', '2026-12-01T09:00:00Z');
    await manager.patch(await add(mine.id, 'Done', '2026-11-30T09:00:00Z'), { status: 'COMPLETED' });
    await manager.delete(await add(mine.id, 'Gone', '2026-11-30T09:00:00Z'));
    await add(other.id, 'Elsewhere', '2026-12-01T10:00:00Z');
    const names = async (by: Client, query: string): Promise<string[]> =>
      (await by.get<Listed<MilestoneOfPov>>(`/api/milestones?${query}`)).body.items.map(m => m.name);
    const open = `${encodeURIComponent('filter[status]')}=PENDING`;
    const named = `${open}&${encodeURIComponent('filter[povTitle][in]')}=Kiln,Vault`;
    expect(await names(manager, named)).toEqual(['Sooner', 'Elsewhere', 'Later']);
    expect(await names(sales, named)).toEqual(['Sooner', 'Later']);
    expect(await names(manager, `${named}&${encodeURIComponent('filter[member]')}=${sales.userId}`)).toEqual([
      'Sooner',
      'Later',
    ]);
    expect(await names(manager, `${named}&${encodeURIComponent('filter[povStatus]')}=STALLED`)).toEqual([]);
    const { body } = await sales.get<Listed<MilestoneOfPov>>(`/api/milestones?${named}`);
    expect(body.items[0]).toMatchObject({ povTitle: 'Kiln', phaseName: 'Planning', ownerName: 'Manager Example' });
    expect((await sales.get('/api/milestones?sort=colour')).status).toBe(400);
  });

  it('[POV-030] [PLT-060] become overdue by time alone, by system in the log; the owner is told once', async () => {
    const pov = await newPov(manager);
    const [phase] = await phasesOf(manager, pov.id);
    const path = `/api/povs/${pov.id}/phases/${phase!.id}/milestones`;
    const due = '2026-11-24T09:01:00.000Z';
    const { body: soon } = await manager.post<Milestone>(path, { name: 'Kick-off', dueDate: due });
    const { body: done } = await manager.post<Milestone>(path, { name: 'Done', dueDate: due });
    const { body: later } = await manager.post<Milestone>(path, { name: 'Later', dueDate: '2026-11-24T10:00:00Z' });
    await manager.patch(`${path}/${done.id}`, { status: 'COMPLETED' });
    await app.settled();
    const process = await lifecycleOf(manager, pov.id);
    expect(process.nextWakeAt).toBe(due);
    expect(process.future[0]!).toMatchObject({ at: due, kind: 'timer' });
    await app.advance({ by: 'PT1M' });
    const { body } = await manager.get<Listed<Milestone>>(`${path}?sort=name`);
    expect(body.items.map(m => [m.name, m.status])).toEqual([
      ['Done', 'COMPLETED'],
      ['Kick-off', 'OVERDUE'],
      ['Later', 'PENDING'],
    ]);
    const told = await notificationsOf(manager, pov.id);
    expect(told.map(n => [n.templateId, n.subject])).toEqual([['milestone-overdue', 'Overdue: Kick-off']]);
    expect((await activitiesOf(manager, pov.id))[0]).toMatchObject({ action: 'milestone.overdue', userId: null });
    const admin = await app.as('admin');
    const { body: log } = await admin.get<Listed<AuditEntry>>(
      `/api/admin/audit-logs?recordId=${soon.id}&sort=-createdAt,-recordedAt`,
    );
    expect(log.items.map(i => [i.action, i.user, i.userId])).toEqual([
      ['UPDATE', 'system', null],
      ['CREATE', 'Manager Example', manager.userId],
    ]);
    expect([log.items[0]!.oldValues, log.items[0]!.newValues]).toMatchObject([
      { status: 'PENDING' },
      { status: 'OVERDUE' },
    ]);
    const reopened = await manager.patch<Milestone>(`${path}/${soon.id}`, { dueDate: '2026-12-24T09:00:00Z' });
    expect(reopened.body.status).toBe('PENDING');
    await app.advance({ by: 'PT2H' });
    expect((await manager.get<Milestone>(`${path}/${later.id}`)).body.status).toBe('OVERDUE');
    expect(await notificationsOf(manager, pov.id)).toHaveLength(2);
  });

  it('[POV-030] become overdue on a clock that runs, by a real timer and with nobody doing anything', async () => {
    const running = await makeTenant({ frozen: false });
    const owner = await app.as('manager', running);
    const pov = await newPov(owner, { startDate: new Date().toISOString(), endDate: inSeconds(90 * 86_400) });
    const [phase] = await phasesOf(owner, pov.id);
    const path = `/api/povs/${pov.id}/phases/${phase!.id}/milestones`;
    const dueDate = inSeconds(2);
    await owner.post(path, { name: 'Kick-off', dueDate });
    const milestone = async (): Promise<Milestone> => (await owner.get<Listed<Milestone>>(path)).body.items[0]!;
    await until('it is overdue', async () => (await milestone()).status === 'OVERDUE');
    expect(Date.parse((await milestone()).updatedAt)).toBeGreaterThanOrEqual(Date.parse(dueDate));
    const told = await notificationsOf(owner, pov.id);
    expect(told.map(n => n.subject)).toEqual(['Overdue: Kick-off']);
  });
});

const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1_000).toISOString();
