import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { povStatusLabel, type PovStatus } from '../../../domain/pov/pov-status.ts';
import { transitions, type AllowedTransition } from '../../../domain/pov/pov-transition.ts';
import type { Pov } from '../../../domain/pov/pov.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import type { Username } from '../../kit/people.ts';
import {
  activitiesOf,
  approvePhase,
  join,
  lifecycleOf,
  move,
  newPov,
  newTemplate,
  notificationsOf,
  phasesOf,
  readPov,
  staffedPov,
  submit,
} from '../../kit/pov.fixture.ts';

let app: App, admin: Client, manager: Client, sales: Client;
beforeAll(async () => {
  app = await bootApp();
  [admin, manager, sales] = (await Promise.all(['admin', 'manager', 'sales'].map(n => app.as(n)))) as [
    Client,
    Client,
    Client,
  ];
});
afterAll(() => app?.stop());

const refused = async (by: Client, id: string, to: string, reason?: string): Promise<[number, string[]]> => {
  const { status, body } = await move<ProblemBody>(by, id, to, reason);
  return [status, body.details];
};
const offered = async (id: string): Promise<AllowedTransition[]> =>
  (await manager.get<{ transitions: AllowedTransition[] }>(`/api/povs/${id}/transitions`)).body.transitions;

describe('moving a POV', () => {
  it('[POV-034] needs a phase to go in progress', async () => {
    const pov = await newPov(manager);
    const [planning] = await phasesOf(manager, pov.id);
    await manager.delete(`/api/povs/${pov.id}/phases/${planning!.id}`);
    const { status, body } = await move<ProblemBody>(manager, pov.id, 'IN_PROGRESS');
    expect([status, body.error, body.details]).toEqual([
      409,
      'POV must have at least one phase',
      ['POV must have at least one phase'],
    ]);
    expect((await readPov(manager, pov.id)).status).toBe('PROJECTED');
  });

  it('[POV-041] tells owner and admins, and writes an activity', async () => {
    const pov = await newPov(sales, { title: 'Northwind' });
    expect((await move(sales, pov.id, 'IN_PROGRESS')).status).toBe(200);
    for (const who of [sales, admin]) {
      const told = await notificationsOf(who, pov.id);
      expect(told.map(n => [n.templateId, n.subject])).toEqual([['POV_STATUS_CHANGE', 'Northwind is now In progress']]);
    }
    expect(await notificationsOf(manager, pov.id)).toEqual([]);
    expect((await activitiesOf(sales, pov.id)).find(a => a.action === 'status.changed')).toMatchObject({
      userId: sales.userId,
      details: { from: 'PROJECTED', to: 'IN_PROGRESS', reason: null },
    });
  });

  const leads = ['owner', 'admin', 'PROJECT_MANAGER'],
    everyone = [...leads, 'SALES_ENGINEER', 'TECHNICAL_TEAM'];
  const ways: [PovStatus, PovStatus, string[]][] = [
    ['PROJECTED', 'IN_PROGRESS', ['owner', 'admin']],
    ['PROJECTED', 'LOST', leads],
    ['IN_PROGRESS', 'STALLED', leads],
    ['IN_PROGRESS', 'VALIDATION', leads],
    ['IN_PROGRESS', 'LOST', leads],
    ['STALLED', 'IN_PROGRESS', leads],
    ['STALLED', 'LOST', leads],
    ['VALIDATION', 'IN_PROGRESS', leads],
    ['VALIDATION', 'WON', everyone],
    ['VALIDATION', 'LOST', leads],
  ];
  it.each(ways)('[POV-041] from %s to %s tells %j, and nobody else', async (from, to, told) => {
    const pov = await newPov(sales, { title: `${from} to ${to}` });
    const team = { PROJECT_MANAGER: 'sales2', SALES_ENGINEER: 'sales3', TECHNICAL_TEAM: 'sales4' } as const;
    // In its tenant a super administrator acts as an administrator.
    const who: Record<string, string[]> = {
      ...{ owner: ['sales'], admin: ['admin', 'superadmin'] },
      ...Object.fromEntries(Object.entries(team).map(([role, name]) => [role, [name]])),
    };
    for (const [role, name] of Object.entries(team) as [keyof typeof team, Username][])
      await join(manager, pov.id, app.tenant.users[name], role);
    const [planning] = await phasesOf(manager, pov.id);
    if (to === 'VALIDATION') await manager.delete(`/api/povs/${pov.id}/phases/${planning!.id}`);
    await inDatabase(app, 'update pov set status = $1 where id = $2', [from, pov.id]);
    expect((await move(manager, pov.id, to, 'Reason')).status).toBe(200);
    const heard = await inDatabase<{ username: string; template_id: string; subject: string }>(
      app,
      `select u.username, n.template_id, n.subject from notification n join app_user u on u.id = n.user_id
       where n.reference_id = $1 and n.template_id = 'POV_STATUS_CHANGE'`,
      [pov.id],
    );
    expect(heard.map(h => h.username).sort()).toEqual(told.flatMap(role => who[role]!).sort());
    expect(new Set(heard.map(h => h.subject))).toEqual(new Set([`${pov.title} is now ${povStatusLabel[to]}`]));
    const noted = (await activitiesOf(manager, pov.id)).filter(a => a.action === 'status.changed');
    expect(noted.map(a => [a.userId, a.details])).toEqual([[manager.userId, { from, to, reason: 'Reason' }]]);
  });

  it('[POV-041] has these ways and no other', () => {
    expect(transitions.map(t => [t.from, t.to]).sort()).toEqual(ways.map(([from, to]) => [from, to]).sort());
  });

  it('[POV-035] refuses what is not in the table with one error', async () => {
    const pov = await newPov(manager);
    expect(await refused(manager, pov.id, 'WON')).toEqual([409, ['Invalid status transition']]);
    expect(await refused(manager, pov.id, 'PROJECTED')).toEqual([409, ['Invalid status transition']]);
  });

  it('[POV-038] stalls with a reason, and resumes without critical blockers', async () => {
    const pov = await newPov(manager);
    await move(manager, pov.id, 'IN_PROGRESS');
    expect(await refused(manager, pov.id, 'STALLED')).toEqual([409, ['A reason is required to stall a POV']]);
    expect((await move<Pov>(manager, pov.id, 'STALLED', 'Budget freeze')).body).toMatchObject({
      status: 'STALLED',
      statusReason: 'Budget freeze',
    });
    await app.settled();
    expect((await lifecycleOf(manager, pov.id)).waitingFor?.sentence).toMatch(
      /^Stalled \(Budget freeze\); waiting for Manager Example to resume it since .*, with no deadline; afterwards it is in progress again\.$/,
    );
    await manager.patch(`/api/povs/${pov.id}`, { blockers: [{ title: 'VPN', severity: 'critical' }] });
    expect(await refused(manager, pov.id, 'IN_PROGRESS')).toEqual([409, ['No critical blocker may be open']]);
    await manager.patch(`/api/povs/${pov.id}`, { blockers: [{ title: 'VPN', severity: 'critical', resolved: true }] });
    expect((await move(manager, pov.id, 'IN_PROGRESS')).status).toBe(200);
  });

  it('[POV-039] [POV-040] goes to VALIDATION, back to work, and to WON when the targets are met', async () => {
    const pov = await staffedPov(app, manager);
    const [planning] = await phasesOf(manager, pov.id);
    await manager.patch(`/api/povs/${pov.id}/phases/${planning!.id}`, { details: { customerSignoff: false } });
    const kpi = (
      await manager.post<{ id: string }>(`/api/povs/${pov.id}/kpis`, {
        name: 'Rate',
        target: { value: 75 },
        current: { value: 70 },
      })
    ).body;
    await move(manager, pov.id, 'IN_PROGRESS');
    expect(await refused(manager, pov.id, 'VALIDATION')).toEqual([
      409,
      ['All phases must be completed before validation'],
    ]);
    await app.settled();
    await approvePhase(app, manager, pov.id, planning!.id);
    expect((await move(manager, pov.id, 'VALIDATION')).status).toBe(200);
    expect((await move(manager, pov.id, 'IN_PROGRESS')).status).toBe(200);
    expect((await move(manager, pov.id, 'VALIDATION')).status).toBe(200);
    expect(await refused(manager, pov.id, 'WON')).toEqual([
      409,
      ['KPI targets must be met', 'The customer must have signed off (details of a phase)'],
    ]);
    await manager.patch(`/api/povs/${pov.id}/kpis/${kpi.id}`, { current: { value: 80 } });
    await manager.patch(`/api/povs/${pov.id}/phases/${planning!.id}`, { details: { customerSignoff: true } });
    expect((await move<Pov>(manager, pov.id, 'WON')).body.status).toBe('WON');
    await app.settled();
    expect(await lifecycleOf(manager, pov.id)).toMatchObject({ status: 'closed', result: 'WON', waitingFor: null });
    expect(await refused(manager, pov.id, 'IN_PROGRESS')).toEqual([409, ['Invalid status transition']]);
  });

  it('[POV-036] [POV-037] answers every failing condition at once, of whatever type', async () => {
    const pov = await staffedPov(app, manager);
    const [planning] = await phasesOf(manager, pov.id);
    const lose = { to: 'LOST', valid: false, errors: ['A reason is required to lose a POV'], reasonRequired: true };
    const start = { to: 'IN_PROGRESS', valid: true, errors: [], reasonRequired: false };
    expect(await offered(pov.id)).toEqual([start, lose]);
    await manager.patch(`/api/povs/${pov.id}/phases/${planning!.id}`, { details: { customerSignoff: false } });
    for (const [name, value] of [['Rate', 70], ['Speed', 1]] as const)
      await manager.post(`/api/povs/${pov.id}/kpis`, { name, target: { value: 75 }, current: { value } });
    await move(manager, pov.id, 'IN_PROGRESS');
    await app.settled();
    // One condition of the type PHASE, and one CUSTOM beside it.
    expect(await offered(pov.id)).toEqual([
      { to: 'STALLED', valid: false, errors: ['A reason is required to stall a POV'], reasonRequired: true },
      {
        ...{ to: 'VALIDATION', valid: false, reasonRequired: false },
        errors: ['All phases must be completed before validation'],
      },
      lose,
    ]);
    await approvePhase(app, manager, pov.id, planning!.id);
    expect((await move(manager, pov.id, 'VALIDATION')).status).toBe(200);
    // KPI and CUSTOM on one way.
    const both = ['KPI targets must be met', 'The customer must have signed off (details of a phase)'];
    expect(await offered(pov.id)).toEqual([
      { to: 'IN_PROGRESS', valid: true, errors: [], reasonRequired: false },
      { to: 'WON', valid: false, errors: both, reasonRequired: false },
      lose,
    ]);
    const { status, body } = await move<ProblemBody>(manager, pov.id, 'WON');
    expect([status, body.error, body.details]).toEqual([409, both.join('; '), both]);
    expect((await readPov(manager, pov.id)).status).toBe('VALIDATION');
  });

  it('[POV-040] is lost with a reason and then ends; its open approval is withdrawn', async () => {
    const pov = await staffedPov(app, manager);
    const [planning] = await phasesOf(manager, pov.id);
    const instance = (await submit(manager, pov.id, planning!.id)).body;
    await app.settled();
    expect(await refused(manager, pov.id, 'LOST', ' ')).toEqual([409, ['A reason is required to lose a POV']]);
    expect((await move(manager, pov.id, 'LOST', 'No budget')).status).toBe(200);
    expect(await offered(pov.id)).toEqual([]);
    expect(await refused(manager, pov.id, 'IN_PROGRESS')).toEqual([409, ['Invalid status transition']]);
    expect((await manager.get<{ status: string }>(`/api/workflows/instances/${instance.id}`)).body.status).toBe(
      'cancelled',
    );
    await app.settled();
    expect(await lifecycleOf(manager, pov.id)).toMatchObject({ status: 'closed', result: 'LOST' });
  });

  it('[POV-042] is moved once when it is asked many times at once', async () => {
    const pov = await newPov(manager);
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => move<Pov & ProblemBody>(manager, pov.id, 'IN_PROGRESS')),
    );
    expect(answers.map(a => a.status).sort()).toEqual([200, ...Array<number>(7).fill(409)]);
    expect((await activitiesOf(manager, pov.id)).filter(a => a.action === 'status.changed')).toHaveLength(1);
  });

  it('[POV-042] by signal to its process, too; and is given up by `cancel`', async () => {
    const pov = await newPov(manager);
    await app.settled();
    const signals = `/api/processes/pov-lifecycle-${pov.id}/signals`;
    expect((await manager.post<ProblemBody>(`${signals}/transition`, { to: 'WON' })).status).toBe(409);
    expect((await manager.post<Pov>(`${signals}/transition`, { to: 'IN_PROGRESS' })).body.status).toBe('IN_PROGRESS');
    expect((await manager.post(`${signals}/cancel`, {})).status).toBe(400);
    expect((await manager.post<Pov>(`${signals}/cancel`, { reason: 'No fit' })).body).toMatchObject({
      status: 'LOST',
      statusReason: 'No fit',
    });
  });

  it('[APR-036] starts the phases of the template one after the other', async () => {
    const template = await newTemplate(admin, ['Alpha', 'Beta']);
    const pov = await staffedPov(app, manager, { templateId: template.id });
    await move(manager, pov.id, 'IN_PROGRESS');
    await app.settled();
    const statuses = async (): Promise<string[]> => (await phasesOf(manager, pov.id)).map(p => p.status);
    expect(await statuses()).toEqual(['IN_PROGRESS', 'NOT_STARTED', 'NOT_STARTED']);
    await approvePhase(app, manager, pov.id, (await phasesOf(manager, pov.id))[0]!.id);
    expect(await statuses()).toEqual(['COMPLETED', 'IN_PROGRESS', 'NOT_STARTED']);
    const process = await lifecycleOf(manager, pov.id);
    expect(process.stage).toBe('Alpha');
    expect(process.timeline.map(t => t.what)).toEqual(
      expect.arrayContaining([
        'started Planning',
        'submitted Planning for approval',
        'completed Planning',
        'started Alpha',
      ]),
    );
  });
});
