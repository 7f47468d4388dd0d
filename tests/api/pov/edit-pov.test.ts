import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProcessView } from '../../../domain/platform/process.ts';
import type { Pov } from '../../../domain/pov/pov.ts';
import type { PovKpi } from '../../../domain/pov/pov-kpi.ts';
import type { Launch } from '../../../domain/pov/launch.ts';
import type { Account } from '../../../domain/crm/account.ts';
import type { Opportunity } from '../../../domain/crm/opportunity.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { newAccount, newContact, newOpportunity, withAccountTypes, withStages } from '../../kit/crm.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import {
  activitiesOf, fiftyDays, join, lifecycleOf, move, newPov, phasesOf, readPov, staffedPov, submit, type Listed,
} from '../../kit/pov.fixture.ts';

interface Part {
  id: string;
  version: number;
}

let app: App, manager: Client, sales: Client;
beforeAll(async () => {
  app = await bootApp();
  [manager, sales] = await Promise.all([app.as('manager'), app.as('sales')]);
});
afterAll(() => app?.stop());

describe('changing a POV', () => {
  it('[POV-018] PATCH changes what is said and nothing else', async () => {
    const pov = await newPov(manager, { objective: 'Old', tags: ['a'] });
    const { status, body } = await manager.patch<Pov>(`/api/povs/${pov.id}`, { objective: 'New' });
    expect(status).toBe(200);
    expect(body).toMatchObject({ objective: 'New', tags: ['a'], title: 'Acme', version: pov.version + 1 });
  });

  it('[POV-018] PUT replaces: what is not said is cleared', async () => {
    const pov = await newPov(manager, { objective: 'Old', tags: ['a'] });
    const { title, startDate, endDate } = pov;
    const { status, body } = await manager.put<Pov>(`/api/povs/${pov.id}`, {
      title,
      startDate,
      endDate,
      solution: 'New',
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ objective: null, tags: [], solution: 'New' });
    expect((await manager.put(`/api/povs/${pov.id}`, { title })).status).toBe(400);
  });

  it('[POV-018] does not change the status', async () => {
    const pov = await newPov(manager);
    const { status, body } = await manager.patch<ProblemBody>(`/api/povs/${pov.id}`, { status: 'WON' });
    expect([status, body.errors[0]?.pointer]).toEqual([400, '/status']);
    expect((await readPov(manager, pov.id)).status).toBe('PROJECTED');
    expect((await manager.put(`/api/povs/${pov.id}`, { ...pov, revenue: '5' })).status).toBe(200);
  });

  it('[POV-002] refuses an unknown status, and nothing changes', async () => {
    const pov = await newPov(manager);
    expect((await manager.patch(`/api/povs/${pov.id}`, { status: 'ACTIVE', title: 'Other' })).status).toBe(400);
    expect((await manager.post(`/api/povs/${pov.id}/transitions`, { to: 'ACTIVE' })).status).toBe(400);
    expect((await readPov(manager, pov.id)).title).toBe('Acme');
  });

  it('[POV-004] edits blockers, documents, requests, tickets and resources without a CRM', async () => {
    const pov = await newPov(manager);
    const lists = {
      blockers: [{ title: 'VPN', critical: true }],
      documents: ['plan.pdf'],
      featureRequests: [{ title: 'Dark mode' }],
      supportTickets: [{ number: 7 }],
      resources: { servers: 2, devices: ['probe'] },
    };
    await manager.patch(`/api/povs/${pov.id}`, lists);
    expect(await readPov(manager, pov.id)).toMatchObject(lists);
  });

  it('[POV-005] keeps the end behind the start', async () => {
    const pov = await newPov(manager);
    const { status, body } = await manager.patch<ProblemBody>(`/api/povs/${pov.id}`, { startDate: '2030-01-01' });
    expect([status, body.errors[0]?.pointer]).toEqual([400, '/endDate']);
  });

  it('[PLT-006] refuses a stale version: 409 in the body, 412 in If-Match', async () => {
    const pov = await newPov(manager);
    await manager.patch(`/api/povs/${pov.id}`, { objective: 'One', version: pov.version });
    expect((await manager.patch(`/api/povs/${pov.id}`, { objective: 'Two', version: pov.version })).status).toBe(409);
    expect(
      (await manager.patch(`/api/povs/${pov.id}`, { objective: 'Two' }, { 'If-Match': `"${pov.version}"` })).status,
    ).toBe(412);
    expect((await readPov(manager, pov.id)).objective).toBe('One');
  });

  it('[PLT-006] refuses a second change of a part with one version', async () => {
    const pov = await staffedPov(app, manager);
    const at = `/api/povs/${pov.id}`;
    const { phases, team } = await readPov(manager, pov.id);
    const phase = `${at}/phases/${phases[0]!.id}`;
    const dueDate = '2026-12-01T09:00:00.000Z';
    const { body: milestone } = await manager.post<Part>(`${phase}/milestones`, { name: 'M', dueDate });
    const { body: kpi } = await manager.post<Part>(`${at}/kpis`, { name: 'K', target: { value: 1 } });
    const { body: launch } = await manager.post<Launch>(`${at}/launch`);
    const member = team!.members.find(m => m.userId === sales.userId)!;
    const [item] = launch.checklist.items;
    const changes: [string, Part, (which: number) => object][] = [
      [phase, phases[0]!, n => ({ progress: n })],
      [`${phase}/milestones/${milestone.id}`, milestone, n => ({ name: `M${n}` })],
      [`${at}/kpis/${kpi.id}`, kpi, n => ({ name: `K${n}` })],
      [`${at}/team/members/${member.id}`, member, n => ({ role: n === 1 ? 'SALES_ENGINEER' : 'TECHNICAL_TEAM' })],
      [`${at}/launch/checklist`, launch, n => ({ items: [{ key: item!.key, completed: n === 1 }] })],
    ];
    for (const [path, { version }, change] of changes) {
      const statuses: number[] = [];
      for (const n of [1, 2]) statuses.push((await manager.patch(path, { ...change(n), version })).status);
      expect([path, ...statuses]).toEqual([path, 200, 409]);
    }
  });

  it('[POV-018] a new title is that of its processes too, and finds them', async () => {
    const pov = await staffedPov(app, manager, { title: 'Old name' });
    await manager.post(`/api/povs/${pov.id}/launch`);
    const [phase] = await phasesOf(manager, pov.id);
    expect((await submit(manager, pov.id, phase!.id)).status).toBe(201);
    await manager.patch(`/api/povs/${pov.id}`, { title: 'Fresh name' });
    await app.settled();
    expect((await lifecycleOf(manager, pov.id)).title).toBe('Fresh name');
    const found = async (q: string): Promise<string[]> => {
      const { body } = await manager.get<Listed<ProcessView>>(`/api/processes?q=${encodeURIComponent(q)}`);
      return body.items.map(p => p.title);
    };
    expect((await found('Fresh name')).sort()).toEqual([
      `Approval: ${phase!.name} of Fresh name`, 'Fresh name', 'Launch of Fresh name',
    ]);
    expect(await found('Old name')).toEqual([]);
  });

  it('[POV-018] a new title is that of its processes that have ended, too', async () => {
    const pov = await staffedPov(app, manager, { title: 'Old ending' });
    const at = `/api/povs/${pov.id}/launch`;
    const { body: launch } = await manager.post<Launch>(at);
    const items = launch.checklist.items.map(({ key }) => ({ key, completed: true }));
    await manager.patch(`${at}/checklist`, { items });
    expect((await manager.post(`${at}/confirm`)).status).toBe(200);
    expect((await move(manager, pov.id, 'LOST', 'Too dear')).status).toBe(200);
    await app.settled();
    const ended = async (q: string): Promise<string[]> => {
      const { body } = await manager.get<Listed<ProcessView>>(`/api/processes?q=${encodeURIComponent(q)}`);
      return body.items.filter(p => p.status === 'closed').map(p => p.title).sort();
    };
    expect(await ended('Old ending')).toEqual(['Launch of Old ending', 'Old ending']);
    await manager.patch(`/api/povs/${pov.id}`, { title: 'Fresh ending' });
    expect(await ended('Old ending')).toEqual([]);
    expect(await ended('Fresh ending')).toEqual(['Fresh ending', 'Launch of Fresh ending']);
  });

  it('[POV-089] writes an activity for each action, newest first, with who did it', async () => {
    const pov = await newPov(manager);
    await manager.patch(`/api/povs/${pov.id}`, { objective: 'New', tags: ['x'] });
    await join(manager, pov.id, sales.userId, 'PROJECT_MANAGER');
    const { phases } = await readPov(manager, pov.id);
    await sales.patch(`/api/povs/${pov.id}/phases/${phases[0]!.id}`, { progress: 40 });
    const activities = await activitiesOf(manager, pov.id);
    expect(activities.map(a => [a.action, a.userName])).toEqual(
      expect.arrayContaining([
        ['phase.updated', 'Sales Example'],
        ['member.added', 'Manager Example'],
        ['pov.updated', 'Manager Example'],
        ['pov.created', 'Manager Example'],
      ]),
    );
    expect(activities.find(a => a.action === 'pov.updated')!.details).toEqual({ fields: ['objective', 'tags'] });
    expect([...activities].sort((a, b) => b.createdAt.localeCompare(a.createdAt))).toEqual(activities);
    expect((await (await app.as('sales3')).get(`/api/povs/${pov.id}/activities`)).status).toBe(404);
  });
});

describe('[POV-074] KPIs by hand', () => {
  it('are kept with target, value and weight, without a template', async () => {
    const pov = await newPov(manager);
    const path = `/api/povs/${pov.id}/kpis`;
    const { status, body: kpi } = await manager.post<PovKpi>(path, {
      name: 'Success rate',
      target: { value: 75 },
      weight: 2.5,
    });
    expect(status).toBe(201);
    expect(kpi).toMatchObject({
      templateId: null,
      target: { value: 75 },
      current: null,
      weight: 2.5,
      history: [],
      met: false,
    });
    const changed = await manager.patch<PovKpi>(`${path}/${kpi.id}`, { current: { value: 80 } });
    expect(changed.body).toMatchObject({ current: { value: 80 }, target: { value: 75 }, met: true });
    expect((await manager.get<PovKpi>(`${path}/${kpi.id}`)).body.current).toEqual({ value: 80 });
    expect((await manager.get<Listed<PovKpi>>(path)).body.items.map(k => k.name)).toEqual(['Success rate']);
    expect((await manager.delete(`${path}/${kpi.id}`)).status).toBe(200);
    expect((await manager.get(`${path}/${kpi.id}`)).status).toBe(404);
    expect((await manager.post(path, { name: '' })).status).toBe(400);
  });
});

describe('[POV-019] deleting a POV', () => {
  const due = { dueDate: '2026-12-01T09:00:00.000Z' };
  const requests = ['/api/feature-requests', '/api/support-requests'];
  /** How much of it stands in the lists over all POVs, in the search, and in an approver's inbox. */
  const lists = async (povId: string): Promise<[string, number][]> => {
    const of = async (path: string, by = manager): Promise<[string, number]> =>
      [path, (await by.get<Listed<unknown>>(path)).body.total];
    const { groups } = (await manager.get<{ groups: { finds: unknown[] }[] }>('/api/search?q=Doomed')).body;
    return [
      ...(await Promise.all(['/api/milestones', ...requests].map(path => of(`${path}?filter[povId]=${povId}`)))),
      ['/api/search', groups.flatMap(g => g.finds).length],
      await of(`/api/workflows/instances?filter[waitingForMe]=true&filter[storyId]=${povId}`, sales),
    ];
  };

  it('takes it and its children out of all lists, withdraws its approval and ends its processes', async () => {
    const pov = await staffedPov(app, manager, { title: 'Doomed' });
    const { phases } = await readPov(manager, pov.id);
    await manager.post(`/api/povs/${pov.id}/kpis`, { name: 'K' });
    await manager.post(`/api/povs/${pov.id}/phases/${phases[0]!.id}/milestones`, { name: 'Doomed day', ...due });
    for (const path of requests) await manager.post(path, { title: 'Doomed wish', povId: pov.id });
    const launch = (await manager.post<{ id: string }>(`/api/povs/${pov.id}/launch`)).body;
    const instance = (await submit(manager, pov.id, phases[0]!.id)).body;
    await app.settled();
    const there = await lists(pov.id);
    expect(there.filter(([, total]) => !total)).toEqual([]);
    expect((await manager.delete(`/api/povs/${pov.id}`)).status).toBe(200);
    await app.settled();
    for (const path of ['', '/phases', '/kpis', '/launch', '/team/members', '/activities', '/transitions']) {
      expect([path, (await manager.get(`/api/povs/${pov.id}${path}`)).status]).toEqual([path, 404]);
    }
    expect((await manager.get<Listed<Pov>>('/api/povs?q=Doomed')).body.items).toEqual([]);
    expect(await lists(pov.id)).toEqual(there.map(([path]) => [path, 0]));
    expect(await lifecycleOf(manager, pov.id)).toMatchObject({ status: 'closed', result: 'DELETED' });
    expect((await app.engine.client.workflow.getHandle(`pov-lifecycle-${pov.id}`).describe()).status.name).toBe(
      'COMPLETED',
    );
    expect((await app.engine.client.workflow.getHandle(`launch-${launch.id}`).describe()).status.name).toBe(
      'COMPLETED',
    );
    expect((await manager.get<{ status: string }>(`/api/workflows/instances/${instance.id}`)).body.status).toBe(
      'cancelled',
    );
    expect((await manager.delete(`/api/povs/${pov.id}`)).status).toBe(404);
  });

  it('is for managers and admins only', async () => {
    const pov = await newPov(sales);
    expect((await sales.delete(`/api/povs/${pov.id}`)).status).toBe(403);
    expect((await manager.delete(`/api/povs/${pov.id}`)).status).toBe(200);
  });
});

describe('the opportunity of a POV', () => {
  const listed = async (by: Client, query: string): Promise<Pov[]> =>
    (await by.get<Listed<Pov>>(`/api/povs?${query}`)).body.items;
  const field = async (by: Client, path: string, body: object): Promise<unknown[]> => {
    const { status, body: problem } = await by.patch<ProblemBody>(path, body);
    return [status, problem.errors?.[0]?.pointer];
  };
  let account: Account, deal: Opportunity;
  beforeAll(async () => {
    await Promise.all([withAccountTypes(app.tenant.id), withStages(app.tenant.id)]);
    account = await newAccount(manager, { accountName: 'Halvorsen Foods' });
    const more = { accountId: account.id, value: 1_250_050, currency: 'EUR', expectedCloseDate: '2027-02-01' };
    deal = await newOpportunity(manager, { name: 'Chill it', ...more });
    const { id: contactId } = await newContact(manager, { firstName: 'Ann', lastName: 'Berg', accountId: account.id });
    const part = { opportunityId: deal.id, accountId: account.id, role: 'customer', contactId };
    expect((await manager.post('/api/opportunity-participants', part)).status).toBe(201);
  });

  it('[POV-061] gives it its account and what is known of the customer, beside what is said', async () => {
    const known = {
      accountId: account.id, customerName: 'Halvorsen Foods', customerContact: 'Ann Berg', revenue: '12500.50',
      forecastDate: '2027-02-01T00:00:00.000Z', opportunityName: 'Chill it', opportunityId: deal.id, dealId: deal.id,
    };
    const pov = await newPov(manager, { opportunityId: deal.id, customerContact: null });
    expect(pov).toMatchObject(known);
    const links = { account: 'Halvorsen Foods', opportunity: 'Chill it' };
    const read = await readPov(manager, pov.id);
    expect(read).toMatchObject(known);
    expect({ account: read.account?.name, opportunity: read.opportunity?.name }).toEqual(links);
    const later = await newPov(manager, { customerName: 'Typed before', opportunityName: 'Typed too' });
    const { body } = await manager.patch<Pov>(`/api/povs/${later.id}`, { dealId: deal.id, customerContact: 'Bo' });
    expect(body).toMatchObject({ ...known, customerContact: 'Bo' });
    for (const at of [`opportunityId`, `accountId`] as const) {
      const ids = (await listed(manager, `filter[${at}]=${known[at]}`)).map(p => p.id);
      expect(ids.sort()).toEqual([pov.id, later.id].sort());
    }
    // What it is called is read there at every moment.
    await manager.patch(`/api/opportunities/${deal.id}`, { name: 'Chill them' });
    expect((await listed(manager, 'filter[opportunityName]=Chill them')).map(p => p.opportunityName)).toEqual(
      ['Chill them', 'Chill them'],
    );
    const history = await manager.get<{ items: { changes: { field: string }[] }[] }>(`/api/povs/${later.id}/history`);
    const fields = history.body.items[0]!.changes.map(c => c.field);
    expect(fields).toEqual(expect.arrayContaining(['opportunityId', 'accountId']));
  });

  it('[POV-061] is one that is there for who chooses it, and of the account that is chosen', async () => {
    const [other, pov] = [await newAccount(manager), await newPov(manager)];
    const at = `/api/povs/${pov.id}`;
    expect(await field(manager, at, { opportunityId: pov.id })).toEqual([400, '/opportunityId']);
    expect(await field(manager, at, { opportunityId: deal.id, accountId: other.id })).toEqual([400, '/accountId']);
    expect(await field(manager, at, { opportunityId: deal.id })).toEqual([200, undefined]);
    for (const accountId of [other.id, null])
      expect(await field(manager, at, { accountId })).toEqual([400, '/accountId']);
    expect(await field(manager, at, { opportunityId: null, accountId: other.id })).toEqual([200, undefined]);
    const own = await newPov(sales);
    expect(await field(sales, `/api/povs/${own.id}`, { opportunityId: deal.id })).toEqual([400, '/opportunityId']);
    expect((await sales.post('/api/povs', { ...fiftyDays, title: 'A', opportunityId: deal.id })).status).toBe(400);
    // One of an outside CRM has an id of another kind, and the name that was typed.
    const outside = { opportunityId: 'SF-17', opportunityName: 'Theirs' };
    const { body } = await sales.patch<Pov>(`/api/povs/${own.id}`, outside);
    expect([body.opportunityId, body.opportunityName, body.accountId]).toEqual(['SF-17', 'Theirs', null]);
    const { body: { items: [told] } } = await sales.get<Listed<{ changes: object[] }>>(`/api/povs/${own.id}/history`);
    expect(told!.changes).toContainEqual({ field: 'opportunityId', from: null, to: 'SF-17' });
    expect((await listed(sales, 'filter[opportunityId]=SF-17')).map(p => p.opportunityName)).toEqual(['Theirs']);
  });

  it('[PLT-033] has no name for who may not read it, in any list, page, order, search or file', async () => {
    const secret = await newOpportunity(manager, { name: 'Zebra merger', accountId: account.id });
    const pov = await newPov(manager, { title: 'Told in part', opportunityId: secret.id });
    await join(manager, pov.id, app.tenant.users.sales, 'PROJECT_MANAGER');
    expect(await readPov(sales, pov.id)).toMatchObject({ opportunityName: null, opportunity: null, account: null });
    const rows = await listed(sales, 'q=Told in part');
    expect(rows.map(p => [p.id, p.opportunityName])).toEqual([[pov.id, null]]);
    for (const query of ['filter[opportunityName][contains]=Zebra', 'q=Zebra merger'])
      expect(await listed(sales, query)).toEqual([]);
    const changed = await sales.patch<Pov>(`/api/povs/${pov.id}`, { objective: 'Still hidden' });
    expect([changed.status, changed.body.opportunityName]).toEqual([200, null]);
    const told = [await sales.get(`/api/povs/${pov.id}/history`), await sales.get(`/api/povs/${pov.id}/activities`)];
    expect(JSON.stringify(told.map(t => t.body))).not.toContain('Zebra');
  });

  it('[POV-061] that is deleted keeps the link for its return; merged accounts take their POVs along', async () => {
    const [kept, merged] = [await newAccount(manager), await newAccount(manager)];
    const { id } = await newOpportunity(manager, { name: 'Comes back', accountId: merged.id });
    const pov = await newPov(manager, { opportunityId: id });
    expect((await manager.delete(`/api/opportunities/${id}`)).status).toBe(204);
    const gone = { opportunityId: id, opportunityName: null, opportunity: null, accountId: merged.id };
    expect(await readPov(manager, pov.id)).toMatchObject(gone);
    expect((await manager.patch(`/api/povs/${pov.id}`, { opportunityId: id, objective: 'As it is' })).status).toBe(200);
    await manager.post(`/api/opportunities/${id}/restore`);
    expect((await readPov(manager, pov.id)).opportunity).toEqual({ id, name: 'Comes back' });
    const merge = { survivorId: kept.id, mergedIds: [merged.id] };
    const { body } = await manager.post<{ mergeId: string }>('/api/accounts/merge', merge);
    expect((await readPov(manager, pov.id)).account).toEqual({ id: kept.id, name: kept.accountName });
    expect((await manager.post(`/api/merges/${body.mergeId}/undo`, {})).status).toBe(200);
    expect((await readPov(manager, pov.id)).account?.id).toBe(merged.id);
    // Whatever takes the row itself away takes only the link.
    await inDatabase(app, 'delete from opportunity where id = $1', [id]);
    expect(await readPov(manager, pov.id)).toMatchObject({ opportunityId: null, accountId: merged.id });
  });
});
