import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endpoints } from '../../../domain/index.ts';
import type { Pov } from '../../../domain/pov/pov.ts';
import type { TeamMember } from '../../../domain/pov/team-member.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { makeTenant } from '../../kit/people.ts';
import {
  decide,
  join,
  move,
  newPov,
  phasesOf,
  readPov,
  staffedPov,
  submit,
  type Listed,
} from '../../kit/pov.fixture.ts';

let app: App, manager: Client, sales: Client, sales2: Client, sales3: Client;
beforeAll(async () => {
  app = await bootApp();
  [manager, sales, sales2, sales3] = (await Promise.all(
    ['manager', 'sales', 'sales2', 'sales3'].map(n => app.as(n)),
  )) as [Client, Client, Client, Client];
});
afterAll(() => app?.stop());

const members = async (id: string): Promise<[string, string][]> =>
  (await manager.get<Listed<TeamMember>>(`/api/povs/${id}/team/members`)).body.items.map(m => [m.name, m.role]);

describe('the team of a POV', () => {
  it('[POV-021] [POV-022] members are added, given another role and removed', async () => {
    const pov = await newPov(manager);
    const added = await join(manager, pov.id, sales.userId, 'SALES_ENGINEER');
    expect([added.status, added.body.name, added.body.role]).toEqual([201, 'Sales Example', 'SALES_ENGINEER']);
    expect(await members(pov.id)).toEqual([
      ['Manager Example', 'OWNER'],
      ['Sales Example', 'SALES_ENGINEER'],
    ]);
    const path = `/api/povs/${pov.id}/team/members/${added.body.id}`;
    expect((await manager.patch<TeamMember>(path, { role: 'TECHNICAL_TEAM' })).body.role).toBe('TECHNICAL_TEAM');
    expect((await manager.delete(path)).status).toBe(200);
    expect(await members(pov.id)).toEqual([['Manager Example', 'OWNER']]);
  });

  it('[POV-021] refuses any other role', async () => {
    const pov = await newPov(manager);
    for (const role of ['BOSS', 'OWNER', '']) {
      expect((await manager.post(`/api/povs/${pov.id}/team/members`, { userId: sales.userId, role })).status).toBe(400);
    }
  });

  it('[POV-023] has a user once, and keeps its owner', async () => {
    const pov = await newPov(manager);
    await join(manager, pov.id, sales.userId, 'SALES_ENGINEER');
    const again = (await join(manager, pov.id, sales.userId, 'PROJECT_MANAGER')) as unknown as {
      status: number;
      body: ProblemBody;
    };
    expect([again.status, again.body.error]).toEqual([409, 'Sales Example is already in the team']);
    const owner = (await readPov(manager, pov.id)).team!.members.find(m => m.role === 'OWNER')!;
    expect((await manager.delete(`/api/povs/${pov.id}/team/members/${owner.id}`)).status).toBe(409);
    expect(
      (await manager.patch(`/api/povs/${pov.id}/team/members/${owner.id}`, { role: 'PROJECT_MANAGER' })).status,
    ).toBe(409);
  });

  it('[POV-023] adds a user once when it is asked twice at once', async () => {
    const pov = await newPov(manager);
    const statuses = (
      await Promise.all([1, 2, 3].map(() => join(manager, pov.id, sales.userId, 'SALES_ENGINEER')))
    ).map(a => a.status);
    expect(statuses.sort()).toEqual([201, 409, 409]);
  });

  it('[POV-023] changes its owner: exactly one OWNER, who is the owner of the POV', async () => {
    const pov = await staffedPov(app, manager);
    const { status, body } = await manager.put<Pov>(`/api/povs/${pov.id}/owner`, { userId: sales.userId });
    expect([status, body.ownerId]).toEqual([200, sales.userId]);
    expect(await members(pov.id)).toEqual([
      ['Sales Example', 'OWNER'],
      ['Manager Example', 'PROJECT_MANAGER'],
      ['Sales2 Example', 'SALES_ENGINEER'],
    ]);
    await manager.patch(`/api/povs/${pov.id}`, { ownerId: sales3.userId });
    expect((await members(pov.id)).filter(([, role]) => role === 'OWNER')).toEqual([['Sales3 Example', 'OWNER']]);
    expect((await manager.put(`/api/povs/${pov.id}/owner`, { userId: pov.id })).status).toBe(400);
  });

  it('[POV-023] [PLT-002] refuses unknown users and those of another tenant by the field', async () => {
    const pov = await newPov(manager);
    const other = await makeTenant();
    for (const userId of [pov.id, other.users.sales, other.users.admin]) {
      const asked = await manager.post<ProblemBody>(`/api/povs/${pov.id}/team/members`, {
        ...{ userId, role: 'SALES_ENGINEER' },
      });
      expect([asked.status, asked.body.errors[0]?.pointer]).toEqual([400, '/userId']);
      expect((await manager.put(`/api/povs/${pov.id}/owner`, { userId })).status).toBe(400);
    }
    expect(await members(pov.id)).toEqual([['Manager Example', 'OWNER']]);
  });
});

describe('who may do what', () => {
  it('[POV-024] [PLT-037] a salesperson outside the team sees nothing; as a member, the POV', async () => {
    const pov = await newPov(manager, { title: 'Secret' });
    expect((await sales3.get(`/api/povs/${pov.id}`)).status).toBe(404);
    expect((await sales3.get<Listed<Pov>>('/api/povs?q=Secret')).body.total).toBe(0);
    expect((await sales3.get(`/api/processes/pov-lifecycle-${pov.id}`)).status).toBe(404);
    await join(manager, pov.id, sales3.userId, 'TECHNICAL_TEAM');
    expect((await sales3.get(`/api/povs/${pov.id}`)).status).toBe(200);
    expect((await sales3.get<Listed<Pov>>('/api/povs?q=Secret')).body.total).toBe(1);
    const { body } = await manager.get<Listed<TeamMember>>(
      `/api/povs/${pov.id}/team/members?filter[userId]=${sales3.userId}`,
    );
    await manager.delete(`/api/povs/${pov.id}/team/members/${body.items[0]!.id}`);
    expect((await sales3.get(`/api/povs/${pov.id}`)).status).toBe(404);
  });

  it('[POV-024] [PLT-037] a new member sees the approvals of before, until they leave', async () => {
    const pov = await staffedPov(app, manager);
    const [phase] = await phasesOf(manager, pov.id);
    const { body: first } = await submit(manager, pov.id, phase!.id);
    await decide(sales, first.id, 'reject', 'Not yet');
    await app.settled();
    const { body: second } = await submit(manager, pov.id, phase!.id);
    const seen = async (): Promise<number[]> =>
      Promise.all([first, second].map(async i => (await sales3.get(`/api/workflows/instances/${i.id}`)).status));
    expect(await seen()).toEqual([404, 404]);
    const { body: member } = await join(manager, pov.id, sales3.userId, 'TECHNICAL_TEAM');
    expect(await seen()).toEqual([200, 200]);
    expect((await manager.delete(`/api/povs/${pov.id}/team/members/${member.id}`)).status).toBe(200);
    expect(await seen()).toEqual([404, 404]);
    expect((await manager.put(`/api/povs/${pov.id}/owner`, { userId: sales3.userId })).status).toBe(200);
    expect(await seen()).toEqual([200, 200]);
  });

  it('[POV-088] each role and team role tries each action (a sync has no endpoint yet)', async () => {
    expect(Object.values(endpoints).filter(e => e.needs === 'pov:sync')).toEqual([]);
    const pov = await staffedPov(app, manager, { title: 'Matrix' });
    const technical = await app.as('sales4');
    await join(manager, pov.id, technical.userId, 'TECHNICAL_TEAM');
    const [phase] = await phasesOf(manager, pov.id);
    expect((await manager.post(`/api/povs/${pov.id}/launch`)).status).toBe(201);
    const { body: approval } = await submit(manager, pov.id, phase!.id);
    await app.settled();
    const tries: Record<string, (by: Client) => Promise<number>> = {
      view: async by => (await by.get(`/api/povs/${pov.id}`)).status,
      edit: async by => (await by.patch(`/api/povs/${pov.id}`, { objective: 'x' })).status,
      staff: async by => (await join(by, pov.id, sales.userId, 'TECHNICAL_TEAM')).status,
      transition: async by => (await move(by, pov.id, 'WON')).status,
      launch: async by => (await by.post(`/api/povs/${pov.id}/launch/confirm`)).status,
      submit: async by => (await submit(by, pov.id, phase!.id)).status,
      delete: async by => (await by.delete(`/api/povs/${pov.id}`, undefined, { 'If-Match': '"999"' })).status,
      approve: async by => (await decide(by, approval.id, 'approve')).status,
    };
    // Allowed ones get past the rights and fail on what they find: a member, an open item, an open approval, a version.
    const of = async (by: Client): Promise<Record<string, number>> =>
      Object.fromEntries(
        await Promise.all(Object.entries(tries).map(async ([name, attempt]) => [name, await attempt(by)])),
      );
    const allowed = {
      ...{ view: 200, edit: 200, staff: 409, transition: 409, launch: 409, submit: 409, delete: 412 },
      approve: 403,
    };
    const none = { staff: 403, transition: 403, launch: 403, submit: 403, delete: 403, approve: 403 };
    for (const name of ['admin', 'superadmin', 'manager'])
      expect([name, await of(await app.as(name))]).toEqual([name, allowed]);
    for (const name of ['accounting', 'readonly'])
      expect([name, await of(await app.as(name))]).toEqual([name, { ...none, view: 200, edit: 403 }]);
    expect(await of(technical)).toEqual({ ...none, view: 200, edit: 200 });
    expect(await of(sales3)).toEqual({
      ...{ view: 404, edit: 404, staff: 404, transition: 404, launch: 404, submit: 404, delete: 403 },
      approve: 403,
    });
    // The step of the team role is theirs to decide.
    expect(await of(sales2)).toEqual({ ...allowed, staff: 403, transition: 403, delete: 403, approve: 200 });
    expect(await of(sales)).toEqual({ ...allowed, delete: 403, approve: 200 });
    expect((await readPov(manager, pov.id)).launch!.confirmed).toBe(false);
  });

  it('[POV-088] a salesperson leads the POV they own, but may neither delete it nor approve it', async () => {
    const pov = await newPov(sales);
    const at = `/api/povs/${pov.id}`;
    const [phase] = await phasesOf(sales, pov.id);
    expect((await sales.get(at)).status).toBe(200);
    expect((await sales.patch(at, { objective: 'x' })).status).toBe(200);
    const instance = await submit(sales, pov.id, phase!.id);
    expect(instance.status).toBe(201);
    expect((await decide(sales, instance.body.id, 'approve')).status).toBe(403);
    expect((await join(sales, pov.id, sales2.userId, 'SALES_ENGINEER')).status).toBe(201);
    expect((await sales.post(`${at}/launch`)).status).toBe(201);
    expect((await sales.delete(at)).status).toBe(403);
    expect((await sales3.get(at)).status).toBe(404);
    expect((await move(sales, pov.id, 'LOST', 'No budget')).status).toBe(200);
  });
});
