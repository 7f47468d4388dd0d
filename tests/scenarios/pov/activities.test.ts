import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TimelineItem } from '../../../domain/crm/activity/timeline.contract.ts';
import type { Launch } from '../../../domain/pov/launch.ts';
import { PovActivityAction, type PovActivity } from '../../../domain/pov/pov-activity.ts';
import type { Pov } from '../../../domain/pov/pov.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Answer, Client } from '../../kit/client.ts';
import { newAccount, withAccountTypes } from '../../kit/crm.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import type { Username } from '../../kit/people.ts';
import {
  approvePhase,
  decide,
  join,
  move,
  newTemplate,
  phasesOf,
  staffedPov,
  submit,
  type Listed,
} from '../../kit/pov.fixture.ts';

let app: App, admin: Client, manager: Client;
beforeAll(async () => {
  app = await bootApp();
  [admin, manager] = await Promise.all([app.as('admin'), app.as('manager')]);
});
afterAll(() => app?.stop());

/** As the POV tells them; those of a deleted one are in the database alone. */
async function kept(povId: string): Promise<{ action: string; userId: string | null }[]> {
  const shown = await manager.get<Listed<PovActivity>>(`/api/povs/${povId}/activities?pageSize=100`);
  if (shown.status === 200) return shown.body.items.reverse();
  return inDatabase(app, 'select action, user_id as "userId" from pov_activity where pov_id = $1', [povId]);
}

const tomorrow = async (days = 1): Promise<string> => {
  const { body } = await manager.get<{ now: string }>('/api/sandbox/clock');
  return new Date(Date.parse(body.now) + days * 86_400_000).toISOString();
};
const made = async (path: string, body: object = {}): Promise<string> => (await done(manager.post(path, body))).id;
async function done(asked: Promise<Answer<unknown>>): Promise<{ id: string }> {
  const { status, body } = await asked;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body as { id: string };
}
const firstPhase = async (povId: string): Promise<string> => (await phasesOf(manager, povId))[0]!.id;
const inProgress = async (povId: string): Promise<string> => {
  await done(move(manager, povId, 'IN_PROGRESS'));
  await app.settled();
  return firstPhase(povId);
};
const keys = ['teamConfirmed', 'phasesReviewed', 'budgetApproved', 'resourcesAllocated', 'detailsConfirmed'];

interface Doing {
  /** The endpoint that does it, or that makes the process do it, on a POV with a team. */
  act(pov: Pov, at: string): Promise<unknown>;
  /** Who does it, if not the manager; nobody asks the process. */
  by?: Username | 'process';
}
/** An approval of the first phase that waits for both approvers. */
const asked = async (pov: Pov): Promise<string> => {
  const { body } = await submit(manager, pov.id, await firstPhase(pov.id));
  await app.settled();
  return body.id;
};
const milestones = async (pov: Pov, at: string): Promise<string> =>
  `${at}/phases/${await firstPhase(pov.id)}/milestones`;
const milestone = async (pov: Pov, at: string, days = 9): Promise<string> => {
  const path = await milestones(pov, at);
  return `${path}/${await made(path, { name: 'M', dueDate: await tomorrow(days) })}`;
};
const kpi = async (at: string): Promise<string> => `${at}/kpis/${await made(`${at}/kpis`, { name: 'K' })}`;
const member = async (pov: Pov, at: string): Promise<string> =>
  `${at}/team/members/${(await join(manager, pov.id, app.tenant.users.sales4, 'TECHNICAL_TEAM')).body.id}`;

const restored = async (one: string): Promise<void> => {
  await done(manager.delete(one));
  await done(admin.post(`${one}/restore`));
};

const doings: Record<PovActivityAction, Doing> = {
  'pov.created': { act: async () => {} },
  'pov.updated': { act: (_, at) => manager.patch(at, { objective: 'New' }) },
  'pov.deleted': { act: (_, at) => manager.delete(at) },
  'pov.restored': {
    act: async (_, at) => {
      await done(manager.delete(at));
      await done(admin.post(`${at}/restore`));
    },
    by: 'admin',
  },
  'owner.changed': { act: (_, at) => manager.put(`${at}/owner`, { userId: app.tenant.users.sales3 }) },
  'member.added': { act: pov => join(manager, pov.id, app.tenant.users.sales4, 'TECHNICAL_TEAM') },
  'member.changed': { act: async (pov, at) => manager.patch(await member(pov, at), { role: 'SALES_ENGINEER' }) },
  'member.removed': { act: async (pov, at) => manager.delete(await member(pov, at)) },
  'phase.created': {
    act: async (pov, at) =>
      made(`${at}/phases`, { name: 'P', type: 'REVIEW', startDate: pov.startDate, endDate: pov.endDate }),
  },
  'phase.updated': { act: async (pov, at) => manager.patch(`${at}/phases/${await firstPhase(pov.id)}`, { name: 'P' }) },
  'phase.deleted': { act: async (pov, at) => manager.delete(`${at}/phases/${await firstPhase(pov.id)}`) },
  'phase.restored': {
    act: async (pov, at) => restored(`${at}/phases/${await firstPhase(pov.id)}`),
    by: 'admin',
  },
  'phases.reordered': {
    act: async (pov, at) => {
      await made(`${at}/phases`, { name: 'P', type: 'REVIEW', startDate: pov.startDate, endDate: pov.endDate });
      const ids = (await phasesOf(manager, pov.id)).map(p => p.id);
      await done(manager.post(`${at}/phases/reorder`, { phaseIds: ids.reverse() }));
    },
  },
  'template.applied': {
    act: async (_, at) =>
      done(manager.post(`${at}/phases/apply-template`, { templateId: (await newTemplate(admin, ['A'])).id })),
  },
  'phase.submitted': { act: async pov => submit(manager, pov.id, await firstPhase(pov.id)) },
  'step.approved': { act: async pov => decide(await app.as('sales'), await asked(pov), 'approve'), by: 'sales' },
  'step.rejected': { act: async pov => decide(await app.as('sales'), await asked(pov), 'reject', 'No'), by: 'sales' },
  'step.skipped': {
    act: async pov =>
      done(admin.post(`/api/workflows/instances/${await asked(pov)}/skip`, { stepId: 'step-1', reason: 'On leave' })),
    by: 'admin',
  },
  'phase.started': { act: pov => inProgress(pov.id), by: 'process' },
  'phase.completed': {
    act: async pov => approvePhase(app, manager, pov.id, await inProgress(pov.id)),
    by: 'process',
  },
  'phase.returned': {
    act: async pov => {
      const { body } = await submit(manager, pov.id, await inProgress(pov.id));
      await app.settled();
      await done(decide(await app.as('sales'), body.id, 'reject', 'Not yet'));
      await app.settled();
    },
    by: 'process',
  },
  'milestone.created': { act: milestone },
  'milestone.updated': { act: async (pov, at) => manager.patch(await milestone(pov, at), { name: 'N' }) },
  'milestone.deleted': { act: async (pov, at) => manager.delete(await milestone(pov, at)) },
  'milestone.restored': { act: async (pov, at) => restored(await milestone(pov, at)), by: 'admin' },
  'milestone.overdue': {
    act: async (pov, at) => {
      await milestone(pov, at, 1);
      await app.settled();
      await app.advance({ by: 'P1D' });
    },
    by: 'process',
  },
  'kpi.created': { act: (_, at) => kpi(at) },
  'kpi.updated': { act: async (_, at) => manager.patch(await kpi(at), { current: { value: 2 } }) },
  'kpi.deleted': { act: async (_, at) => manager.delete(await kpi(at)) },
  'kpi.restored': { act: async (_, at) => restored(await kpi(at)), by: 'admin' },
  'status.changed': { act: pov => move(manager, pov.id, 'IN_PROGRESS') },
  'launch.initiated': { act: (_, at) => made(`${at}/launch`) },
  'launch.updated': {
    act: async (_, at) => {
      await made(`${at}/launch`);
      await done(manager.patch(`${at}/launch/checklist`, [{ key: keys[0], completed: true }]));
    },
  },
  'launch.confirmed': {
    act: async (_, at) => {
      await made(`${at}/launch`);
      await done(manager.patch<Launch>(`${at}/launch/checklist`, keys.map(key => ({ key, completed: true }))));
      await done(manager.post(`${at}/launch/confirm`));
    },
  },
  'launch.reminded': {
    act: async (pov, at) => {
      await made(`${at}/launch`);
      await app.settled();
      await app.advance({ to: pov.startDate });
    },
    by: 'process',
  },
};

it('[CRM-089] a confirmed launch and a completed phase stand in the story of the account', async () => {
  await withAccountTypes(app.tenant.id);
  const { id: accountId } = await newAccount(manager);
  const pov = await staffedPov(app, manager, { accountId, startDate: await tomorrow(), endDate: await tomorrow(50) });
  await doings['launch.confirmed'].act(pov, `/api/povs/${pov.id}`);
  await app.settled();
  const [first] = await phasesOf(manager, pov.id);
  await approvePhase(app, manager, pov.id, first!.id);
  const { body } = await manager.get<{ items: TimelineItem[] }>(`/api/accounts/${accountId}/timeline`);
  const told = body.items.filter(i => i.kind === 'pov').map(i => [i.type, i.details, i.recordId, i.by !== null]);
  expect(told).toEqual(expect.arrayContaining([
    ['launch.confirmed', null, pov.id, true], ['phase.completed', first!.name, pov.id, false],
  ]));
});

describe('[POV-089] each action with a POV is an activity, with who did it:', () => {
  it.each(PovActivityAction.options)('%s', async action => {
    const { act, by = 'manager' } = doings[action];
    const pov = await staffedPov(app, manager, { startDate: await tomorrow(), endDate: await tomorrow(50) });
    const before = (await kept(pov.id)).filter(a => a.action === action).length;
    await act(pov, `/api/povs/${pov.id}`);
    const found = (await kept(pov.id)).filter(a => a.action === action);
    expect(found).toHaveLength(action === 'pov.created' ? 1 : before + 1);
    expect(found.at(-1)!.userId).toBe(by === 'process' ? null : app.tenant.users[by]);
  });
});
