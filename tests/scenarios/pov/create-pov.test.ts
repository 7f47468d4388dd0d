import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/client';
import type { PovDetail } from '../../../domain/pov/pov.contract.ts';
import type { Pov } from '../../../domain/pov/pov.ts';
import { connected } from '../../../bin/database-roles.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import { newAccount, newContact, newOpportunity, withAccountTypes, withStages } from '../../kit/crm.fixture.ts';
import type { Answer, Client, ProblemBody } from '../../kit/client.ts';
import {
  fiftyDays,
  join,
  lifecycleOf,
  move,
  newPov,
  newTemplate,
  phasesOf,
  readPov,
  submit,
  type Listed,
} from '../../kit/pov.fixture.ts';

let app: App, admin: Client, manager: Client, sales: Client;
beforeAll(async () => {
  app = await bootApp();
  [admin, manager, sales] = await Promise.all([app.as('admin'), app.as('manager'), app.as('sales')]);
});
afterAll(() => app?.stop());

const rows = async (table: string): Promise<number> => {
  const em = app.orm.em.fork();
  em.setSessionContext({ variables: { 'app.tenant': app.tenant.id } });
  return em.transactional(async tx =>
    Number((await tx.execute<{ n: string }[]>(`select count(*) as n from ${table}`))[0]!.n),
  );
};

describe('creating a POV', () => {
  it('[POV-009] needs a signed-in user', async () => {
    const { status, body } = await app.anonymous.post<ProblemBody>('/api/povs', { title: 'Acme', ...fiftyDays });
    expect([status, body.error]).toEqual([401, 'Unauthorized']);
  });

  it('[POV-001] [POV-014] takes a title and dates; the rest has its defaults', async () => {
    const answer = await manager.post<{ data: Pov }>('/api/povs', { title: 'Acme', ...fiftyDays });
    expect(answer.status).toBe(201);
    const pov = await readPov(manager, answer.body.data.id);
    expect(pov).toMatchObject({
      title: 'Acme',
      ...fiftyDays,
      status: 'PROJECTED',
      competitors: [],
      tags: [],
      ownerId: manager.userId,
      objective: null,
      revenue: null,
      tenantId: app.tenant.id,
      version: 1,
    });
    expect(pov.createdDate).toBe(pov.createdAt);
  });

  it('[POV-001] keeps every field', async () => {
    const fields = {
      objective: 'Show value',
      opportunityId: 'OPP-7',
      opportunityName: 'Big deal',
      revenue: '125000.50',
      forecastDate: '2027-02-01T00:00:00.000Z',
      customerName: 'Acme AG',
      customerContact: 'Ann',
      partnerName: 'Part',
      partnerContact: 'Pat',
      competitors: ['Beta', 'Gamma'],
      solution: 'Sensors',
      documents: [{ name: 'a.pdf' }],
      featureRequests: ['dark mode'],
      supportTickets: [],
      tags: ['eu', 'q1'],
      estimatedBudget: '99.9',
      budgetDocument: 'doc-1',
      resources: [{ type: 'server', count: 2 }],
    };
    const pov = await newPov(manager, fields);
    expect(await readPov(manager, pov.id)).toMatchObject({ ...fields, dealId: 'OPP-7' });
    expect((await newPov(manager, { dealId: 'OPP-8' })).opportunityId).toBe('OPP-8');
  });

  it('[POV-010] makes a team of the title with the creator as OWNER', async () => {
    const { team, owner } = await readPov(sales, (await newPov(sales, { title: 'Acme' })).id);
    expect(team!.name).toBe('Acme Team');
    expect(team!.members.map(m => [m.userId, m.role])).toEqual([[sales.userId, 'OWNER']]);
    expect(owner).toMatchObject({ id: sales.userId, name: 'Sales Example' });
  });

  it('[POV-011] keeps the metadata', async () => {
    const metadata = {
      customer: 'Acme',
      teamSize: 5,
      successCriteria: ['fast', 'cheap'],
      technicalRequirements: 'SSO',
    };
    expect((await readPov(manager, (await newPov(manager, { metadata })).id)).metadata).toEqual(metadata);
  });

  it('[POV-012] [POV-025] makes exactly the Planning phase', async () => {
    const phases = await phasesOf(manager, (await newPov(manager)).id);
    expect(phases).toHaveLength(1);
    expect(phases[0]).toMatchObject({
      name: 'Planning',
      description: 'Initial planning phase',
      type: 'PLANNING',
      order: 0,
      status: 'NOT_STARTED',
      ...fiftyDays,
      progress: 0,
      details: { tasks: [], metadata: { status: 'NOT_STARTED', progress: 0, notes: 'Initial planning phase for POV' } },
    });
  });

  it('[POV-013] is all or nothing', async () => {
    const template = await newTemplate(admin, ['First', 'Explode']);
    const owner = await connected(app.database.ownerUrl);
    await owner.query(`alter table phase add constraint no_explosion check (name <> 'Explode')`);
    await owner.end();
    const counts = () =>
      Promise.all(['pov', 'team', 'team_member', 'phase', 'process', 'outbox_event', 'pov_activity'].map(rows));
    const before = await counts();
    const { status } = await manager.post('/api/povs', { title: 'Broken', ...fiftyDays, templateId: template.id });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(await counts()).toEqual(before);
  });

  it('[POV-065] refuses a template that does not exist', async () => {
    const { status, body } = await manager.post<ProblemBody>('/api/povs', {
      title: 'Acme',
      ...fiftyDays,
      templateId: '018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a01',
    });
    expect([status, body.error]).toEqual([404, 'Template not found']);
  });

  it('[POV-015] starts its lifecycle, one for each POV, visible in the engine', async () => {
    const pov = await newPov(manager);
    await app.settled();
    const described = await app.engine.client.workflow.getHandle(`pov-lifecycle-${pov.id}`).describe();
    expect([described.type, described.status.name]).toEqual(['povLifecycle', 'RUNNING']);
    const process = await lifecycleOf(manager, pov.id);
    expect(process).toMatchObject({
      type: 'povLifecycle',
      entity: { type: 'pov', id: pov.id },
      stage: 'Projected',
      status: 'waiting',
    });
    expect(process.waitingFor?.sentence).toBe(
      'Waiting for Manager Example to open the launch since Tue 24 Nov 09:00, with no deadline; ' +
        'afterwards its checklist is to be completed.',
    );
    expect(process.timeline.map(t => t.what)).toEqual(['created Acme']);
  });

  it('[POV-015] asked to start again, there is the one process, running once', async () => {
    const key = { 'Idempotency-Key': randomUUID() };
    const start = (): Promise<Answer<{ workflowId: string }>> =>
      manager.post('/api/processes/povLifecycle', { title: 'Once', ...fiftyDays }, key);
    const answers = [...(await Promise.all([start(), start(), start()])), await start()];
    expect(answers.map(a => a.status)).toEqual([202, 202, 202, 202]);
    const [workflowId, ...more] = new Set(answers.map(a => a.body.workflowId));
    expect(more).toEqual([]);
    await app.settled();
    const { workflow } = app.engine.client;
    const { runId } = await workflow.getHandle(workflowId!).describe();
    const entityId = workflowId!.replace('pov-lifecycle-', '');
    const input = { v: 1, tenantId: app.tenant.id, entityId };
    const options = { workflowId: workflowId!, taskQueue: app.engine.taskQueue, args: [input] };
    await expect(workflow.start('povLifecycle', options)).rejects.toThrow(WorkflowExecutionAlreadyStartedError);
    expect((await admin.post('/api/admin/processes/reconcile', { repair: true })).status).toBe(200);
    await manager.patch(`/api/povs/${entityId}`, { objective: 'Told again' });
    await app.settled();
    const described = await workflow.getHandle(workflowId!).describe();
    expect([described.runId, described.status.name]).toEqual([runId, 'RUNNING']);
    expect((await admin.get<Listed<object>>(`/api/processes?entityId=${entityId}`)).body.total).toBe(1);
  });

  it('[POV-063] [POV-064] spreads the phases of a template over its dates', async () => {
    const template = await newTemplate(admin, ['One', 'Two', 'Three', 'Four', 'Five']);
    const phases = await phasesOf(manager, (await newPov(manager, { templateId: template.id })).id);
    expect(phases.map(p => p.name)).toEqual(['Planning', 'One', 'Two', 'Three', 'Four', 'Five']);
    const added = phases.filter(p => p.templateId === template.id);
    expect(added.map(p => p.order)).toEqual([0, 1, 2, 3, 4]);
    expect(added.map(p => (Date.parse(p.endDate) - Date.parse(p.startDate)) / 86_400_000)).toEqual([
      10, 10, 10, 10, 10,
    ]);
    expect(added.at(-1)!.endDate).toBe(fiftyDays.endDate);
  });

  it.each([
    ['[POV-005] endDate', { endDate: '2026-01-01T00:00:00Z' }],
    ['[POV-020] title', { title: 7 }],
    ['[POV-020] startDate', { startDate: 'soon' }],
    ['[POV-020] competitors', { competitors: 'none' }],
    ['[POV-020] revenue', { revenue: 'much' }],
    ['[POV-020] forecastDate', { forecastDate: '0000-01-01' }],
    ['[POV-020] templateId', { templateId: 'x' }],
  ])('refuses a wrong %s, naming it', async (name, wrong) => {
    const before = await rows('pov');
    const { status, body } = await manager.post<ProblemBody>('/api/povs', { title: 'Acme', ...fiftyDays, ...wrong });
    expect([status, body.error]).toEqual([400, 'Validation failed']);
    expect(body.errors[0]!.pointer).toBe(`/${name.split(' ')[1]}`);
    expect(body.details.length).toBeGreaterThan(0);
    expect(await rows('pov')).toBe(before);
  });

  it('is rehearsed without creating anything', async () => {
    const template = await newTemplate(admin, ['Alpha', 'Beta']);
    const before = await rows('pov');
    const { status, body } = await manager.post<{ future: { what: string; kind: string }[] }>(
      '/api/processes/povLifecycle/simulate',
      {
        title: 'Maybe',
        ...fiftyDays,
        templateId: template.id,
      },
    );
    expect([status, await rows('pov')]).toEqual([200, before]);
    expect(body.future.map(f => f.what)).toContain('Beta starts');
  });

  it('[PLT-052] is what POST /api/processes/povLifecycle does', async () => {
    const { status, body } = await manager.post<{ workflowId: string }>('/api/processes/povLifecycle', {
      title: 'By process',
      ...fiftyDays,
    });
    expect(status).toBe(202);
    expect((await readPov(manager, body.workflowId.replace('pov-lifecycle-', ''))).title).toBe('By process');
  });
});

describe('reading POVs', () => {
  it('[POV-017] answers a POV with all that belongs to it', async () => {
    const { id } = await newPov(manager);
    const { status, body } = await manager.get<PovDetail>(`/api/povs/${id}`);
    expect(status).toBe(200);
    expect(body.owner.id).toBe(manager.userId);
    expect(body.phases.map(p => p.name)).toEqual(['Planning']);
    expect(body.activities.map(a => a.action)).toEqual(['pov.created']);
    expect(body).toMatchObject({
      kpis: [],
      milestones: [],
      launches: [],
      launch: null,
      approvals: [],
      crmSyncHistory: [],
    });
    expect((await manager.get('/api/povs/018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a01')).status).toBe(404);
    expect((await manager.get('/api/povs/not-an-id')).status).toBe(404);
  });

  it('[POV-003] answers its collections with what is in them', async () => {
    const pov = await newPov(manager, { title: 'Full' });
    const at = `/api/povs/${pov.id}`;
    await join(manager, pov.id, sales.userId, 'PROJECT_MANAGER');
    await join(manager, pov.id, app.tenant.users.sales2, 'SALES_ENGINEER');
    const [planning] = await phasesOf(manager, pov.id);
    const phase = { name: 'Build', type: 'EXECUTION', ...fiftyDays };
    const { body: build } = await manager.post<{ id: string }>(`${at}/phases`, phase);
    const { body: milestone } = await manager.post<{ id: string }>(`${at}/phases/${build.id}/milestones`, {
      ...{ name: 'Kick-off', dueDate: fiftyDays.endDate },
    });
    const { body: kpi } = await manager.post<{ id: string }>(`${at}/kpis`, { name: 'Rate', target: { value: 75 } });
    const { body: launch } = await manager.post<{ id: string }>(`${at}/launch`);
    const { body: approval } = await submit(manager, pov.id, planning!.id);
    const read = await readPov(manager, pov.id);
    expect(read.owner).toMatchObject({ id: manager.userId, name: 'Manager Example' });
    expect(read.team!.members.map(m => [m.userId, m.role])).toEqual([
      [manager.userId, 'OWNER'],
      [sales.userId, 'PROJECT_MANAGER'],
      [app.tenant.users.sales2, 'SALES_ENGINEER'],
    ]);
    expect(read.phases.map(p => p.id)).toEqual([planning!.id, build.id]);
    expect(read.milestones).toMatchObject([{ id: milestone.id, phaseId: build.id }]);
    expect(read.kpis).toMatchObject([{ id: kpi.id, name: 'Rate' }]);
    expect(read.launch!.id).toBe(launch.id);
    expect(read.launches.map(l => l.id)).toEqual([launch.id]);
    expect(read.approvals).toMatchObject([{ id: approval.id, phaseId: planning!.id }]);
    expect(new Set(read.activities.map(a => a.action))).toEqual(
      new Set([
        ...['pov.created', 'member.added', 'phase.created', 'milestone.created', 'kpi.created'],
        ...['launch.initiated', 'phase.submitted'],
      ]),
    );
    // Rows of the CRM sync come with it.
    expect(read.crmSyncHistory).toEqual([]);
  });

  it('[POV-016] filters by status, owner, team, tag, dates and text, sorts and pages', async () => {
    const first = await newPov(manager, { title: 'Filter one', tags: ['alpha'], customerName: 'Zeta GmbH' });
    const second = await newPov(sales, { title: 'Filter two', startDate: '2028-01-01', endDate: '2028-02-01' });
    await manager.post(`/api/povs/${second.id}/transitions`, { to: 'IN_PROGRESS' });
    const titles = async (query: string): Promise<string[]> => {
      const { status, body } = await manager.get<Listed<Pov>>(
        `/api/povs?q=${query.includes('q=') ? '' : 'Filter'}&${query}`,
      );
      expect(status).toBe(200);
      return body.items.map(p => p.title);
    };
    expect(await titles('status=IN_PROGRESS')).toEqual(['Filter two']);
    expect(await titles('filter[status]=PROJECTED')).toEqual(['Filter one']);
    expect(await titles(`ownerId=${sales.userId}`)).toEqual(['Filter two']);
    expect(await titles(`team=${first.teamId}`)).toEqual(['Filter one']);
    expect(await titles(`member=${sales.userId}`)).toEqual(['Filter two']);
    expect(await titles('tag=alpha')).toEqual(['Filter one']);
    expect(await titles('from=2028-01-15')).toEqual(['Filter two']);
    expect(await titles('to=2027-12-31')).toEqual(['Filter one']);
    expect(await titles('sort=-title')).toEqual(['Filter two', 'Filter one']);
    expect((await manager.get<Listed<Pov>>('/api/povs?q=zeta')).body.items.map(p => p.title)).toEqual(['Filter one']);
    const page = (await manager.get<Listed<Pov>>('/api/povs?q=Filter&sort=title&page=2&pageSize=1')).body;
    expect([page.items.map(p => p.title), page.total]).toEqual([['Filter two'], 2]);
    expect((await manager.get('/api/povs?filter[nothing]=1')).status).toBe(400);
    expect((await manager.get('/api/povs?status=ACTIVE')).status).toBe(400);
  });

  it('[POV-016] shows a board with a column for each status', async () => {
    const { body } = await manager.get<{ columns: { status: string; total: number; items: Pov[] }[] }>(
      '/api/pov-board',
    );
    expect(body.columns.map(c => c.status)).toEqual([
      'PROJECTED',
      'IN_PROGRESS',
      'STALLED',
      'VALIDATION',
      'WON',
      'LOST',
    ]);
    expect(body.columns[1]!.items.every(p => p.status === 'IN_PROGRESS')).toBe(true);
  });

  it('[POV-006] has its two indexes, led by the tenant', async () => {
    const found = await app.orm.em
      .fork()
      .execute<{ indexdef: string }[]>(`select indexdef from pg_indexes where tablename = 'pov'`);
    const columns = found.map(i => /\((.*)\)/.exec(i.indexdef)?.[1]);
    expect(columns).toEqual(
      expect.arrayContaining(['tenant_id, status, deal_close_date', 'tenant_id, quarter_end, quarter_type']),
    );
  });
});

describe('an opportunity that gets another account', () => {
  it('[POV-061] takes its open POVs along, and says so in their story; what is lost keeps its customer', async () => {
    await withAccountTypes(app.tenant.id);
    await withStages(app.tenant.id);
    const [from, to] = [
      await newAccount(manager, { accountName: 'From Ltd' }), await newAccount(manager, { accountName: 'To Ltd' }),
    ];
    const primary = { firstName: 'Olga', lastName: 'Former', accountId: from.id, isPrimary: true };
    await newContact(manager, primary);
    const { id: opportunityId } = await newOpportunity(manager, { accountId: from.id });
    const [open, lost] = [
      await newPov(manager, { title: 'Goes along', opportunityId, partnerName: 'Said' }),
      await newPov(manager, { title: 'Stays', opportunityId }),
    ];
    expect(open).toMatchObject({ accountId: from.id, customerName: 'From Ltd', customerContact: 'Olga Former' });
    expect((await move(manager, lost.id, 'LOST', 'Too dear')).status).toBe(200);
    await until('its process ends', async () => (await lifecycleOf(manager, lost.id)).status === 'closed');
    const moved = await manager.patch(`/api/opportunities/${opportunityId}`, { accountId: to.id });
    expect(moved.status).toBe(200);
    await until('the POV follows', async () => (await readPov(manager, open.id)).accountId === to.id);
    expect(await readPov(manager, open.id)).toMatchObject({
      customerName: 'To Ltd', customerContact: null, partnerName: 'Said', account: { name: 'To Ltd' },
    });
    const { body: { items: [told] } } = await manager.get<Listed<{ by: string; changes: object[] }>>(
      `/api/povs/${open.id}/history`,
    );
    expect(told!.changes).toContainEqual({ field: 'customerName', from: 'From Ltd', to: 'To Ltd' });
    expect(await readPov(manager, lost.id)).toMatchObject({ accountId: from.id, customerName: 'From Ltd' });
  });
});
