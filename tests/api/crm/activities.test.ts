import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { seedOpportunityStages } from '../../../activities/crm/seed-opportunity-stages.ts';
import { systemActor } from '../../../activities/platform/system-actor.ts';
import { run } from '../../../activities/platform/verb.ts';
import { changeRows } from '../../../db/crm/timeline-changes.query.ts';
import { readerOf } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import type { Activity } from '../../../domain/crm/activity/activity.contract.ts';
import type { Interaction } from '../../../domain/crm/activity/interaction.ts';
import type { Task } from '../../../domain/crm/activity/task.ts';
import type { TimelineItem } from '../../../domain/crm/activity/timeline.contract.ts';
import type { Comment, Person } from '../../../domain/crm/comment.ts';
import type { Contact } from '../../../domain/crm/contact.ts';
import type { GroupMember, GroupOf } from '../../../domain/crm/group/group-member.contract.ts';
import type { Group } from '../../../domain/crm/group/group.ts';
import type { Opportunity } from '../../../domain/crm/opportunity.ts';
import type { Notification } from '../../../domain/platform/notification.ts';
import type { History } from '../../../domain/platform/record.ts';
import type { Ticket } from '../../../domain/crm/ticket/ticket.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import {
  newAccount, newContact, newInteraction, newOpportunity, newTask, toldOf, withAccountTypes,
} from '../../kit/crm.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { newFile } from '../../kit/file/files.fixture.ts';
import { move, newPov, type Listed } from '../../kit/pov.fixture.ts';

const [calls, tasks, activities] = ['/api/crm/interactions', '/api/crm/tasks', '/api/activities'];
let app: App, admin: Client, manager: Client, sales: Client, sales2: Client, readonly: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  await withAccountTypes(app.tenant.id);
  [admin, manager, sales] = [await app.as('admin'), await app.as('manager'), await app.as('sales')];
  [sales2, readonly] = [await app.as('sales2'), await app.as('readonly')];
});
afterAll(() => app?.stop());

const wrong = async (by: Client, path: string, body: object): Promise<string[]> => {
  const answer = await by.post<ProblemBody>(path, body);
  expect(answer.status).toBe(400);
  return answer.body.errors.map(e => e.pointer);
};
const items = async <T>(by: Client, path: string): Promise<T[]> => {
  const answer = await by.get<{ items: T[] }>(path);
  expect(answer.status).toBe(200);
  return answer.body.items;
};
const story = (by: Client, path: string): Promise<TimelineItem[]> => items(by, `${path}/timeline`);

describe('an interaction', () => {
  it('[CRM-081] is of one of five types, and completed unless said', async () => {
    expect(await wrong(manager, calls, { type: 'fax', subject: 'S' })).toEqual(['/type']);
    expect(await wrong(manager, calls, { type: 'call', subject: 'S', status: 'done' })).toEqual(['/status']);
    expect(await wrong(manager, calls, { type: 'call', subject: 'S', direction: 'up' })).toEqual(['/direction']);
    expect(await newInteraction(manager)).toMatchObject({
      status: 'completed', ownerId: manager.userId, completedAt: '2026-11-24T09:00:00.000Z',
    });
    const planned = await newInteraction(manager, { status: 'scheduled', scheduledAt: '2026-12-01T10:00:00Z' });
    expect(planned).toMatchObject({ status: 'scheduled', completedAt: null });
    const { body } = await manager.patch<Interaction>(`${calls}/${planned.id}`, { status: 'completed' });
    expect(body.completedAt).toBe('2026-11-24T09:00:00.000Z');
  });

  it('[CRM-086] of a contact is on the story of the contact, and of its account', async () => {
    const account = await newAccount(manager);
    const contact = await newContact(manager, { accountId: account.id });
    const call = await newInteraction(manager, { contactId: contact.id, duration: 15 });
    expect(call).toMatchObject({ accountId: account.id, companyId: account.id, contactName: 'Jane Doe' });
    for (const path of [`/api/contacts/${contact.id}`, `/api/accounts/${account.id}`])
      expect((await story(manager, path)).find(i => i.recordId === call.id)).toMatchObject({
        kind: 'interaction', type: 'call', title: 'First call', duration: 15,
      });
    const listed = await items<Interaction>(manager, `${calls}?filter[contactId]=${contact.id}`);
    expect(listed.map(i => i.id)).toEqual([call.id]);
    const { body } = await manager.patch<Interaction>(`${calls}/${call.id}`, { outcome: 'reached' });
    expect(body).toMatchObject({ outcome: 'reached', duration: 15 });
  });

  it('takes the names of old, and refuses by name what is not there or not theirs', async () => {
    const account = await newAccount(sales);
    expect(await newInteraction(sales, { companyId: account.id })).toMatchObject({ accountId: account.id });
    for (const field of ['accountId', 'contactId', 'opportunityId'])
      expect(await wrong(sales, calls, { type: 'call', subject: 'S', [field]: randomUUID() })).toEqual([`/${field}`]);
    expect(await wrong(sales2, calls, { type: 'call', subject: 'S', accountId: account.id })).toEqual(['/accountId']);
    expect(await wrong(sales, calls, { type: 'call', subject: 'S', participants: [randomUUID()] }))
      .toEqual(['/participants']);
    expect(await wrong(sales, calls, { type: 'call', subject: ' ', duration: -1, attachments: ['file:///etc'] }))
      .toEqual(expect.arrayContaining(['/subject', '/duration', '/attachments/0']));
  });

  it('is seen by the owner of its account, and by no other salesperson', async () => {
    const account = await newAccount(manager, { accountOwner: sales.userId });
    const { id } = await newInteraction(manager, { accountId: account.id });
    const seen = await Promise.all([sales, sales2, readonly].map(by => by.get(`${calls}/${id}`)));
    expect(seen.map(a => a.status)).toEqual([200, 404, 200]);
    expect((await readonly.patch(`${calls}/${id}`, { outcome: 'x' })).status).toBe(403);
    expect((await sales.delete(`${calls}/${id}`)).status).toBe(403);
  });
});

describe('a task', () => {
  it('[CRM-082] is of medium priority and its creator has it, unless said', async () => {
    expect(await newTask(sales)).toMatchObject({ priority: 'medium', status: 'todo', assigneeId: sales.userId });
    expect(await wrong(sales, tasks, { title: 'T', priority: 'now', status: 'open' }))
      .toEqual(expect.arrayContaining(['/priority', '/status']));
    expect(await wrong(sales, tasks, { title: 'T', assigneeId: randomUUID() })).toEqual(['/assigneeId']);
  });

  it('[CRM-083] knows when it was completed, until it is reopened', async () => {
    const { id } = await newTask(manager);
    const moved = async (status: string): Promise<string | null> =>
      (await manager.patch<Task>(`${tasks}/${id}`, { status })).body.completedAt;
    expect(await moved('completed')).toBe('2026-11-24T09:00:00.000Z');
    expect(await moved('todo')).toBeNull();
    expect((await newTask(manager, { status: 'completed', completedAt: '2020-01-01' })).completedAt)
      .toBe('2026-11-24T09:00:00.000Z');
  });

  it('[CRM-085] [APR-027] is handed over: who has it now is told and sees it, and the history shows both', async () => {
    const account = await newAccount(sales);
    const task = await newTask(sales, { accountId: account.id });
    expect((await sales2.get(`${tasks}/${task.id}`)).status).toBe(404);
    const given = await sales.patch<Task>(`${tasks}/${task.id}`, { assigneeId: sales2.userId });
    expect(given).toMatchObject({ status: 200, body: { assigneeId: sales2.userId } });
    expect(await toldOf(sales2, task.id)).toEqual(['task-assigned']);
    expect((await sales2.get<Task>(`${tasks}/${task.id}`)).body.title).toBe('Send the offer');
    expect((await sales2.patch(`${tasks}/${task.id}`, { status: 'in_progress' })).status).toBe(200);
    expect((await sales.get(`${tasks}/${task.id}`)).status).toBe(200);
    expect((await sales2.get(`/api/accounts/${account.id}`)).status).toBe(404);
    expect(await toldOf(sales, (await newTask(sales)).id)).toEqual([]);
    // Why is said as a comment: both read it, whoever handed it over, and when, are in the history.
    expect((await sales.post(`${tasks}/${task.id}/comments`, { body: 'I am at the fair' })).status).toBe(201);
    expect(await items<Comment>(sales2, `${tasks}/${task.id}/comments`)).toMatchObject([{ body: 'I am at the fair' }]);
    for (const by of [sales, sales2, manager]) {
      const { body } = await by.get<History>(`${tasks}/${task.id}/history`);
      expect(body.items.filter(entry => entry.changes.some(c => c.field === 'assigneeId')).at(0)).toMatchObject({
        by: 'Sales Example', at: expect.stringMatching(/^2026-11-24T/), action: 'UPDATE',
        changes: [{ field: 'assigneeId', from: sales.userId, to: sales2.userId }],
      });
      expect(body.names).toMatchObject({
        [sales.userId]: 'Sales Example', [sales2.userId]: 'Sales2 Example',
      });
    }
    const back = await sales2.patch<Task>(`${tasks}/${task.id}`, { assigneeId: sales.userId });
    expect([back.status, back.body]).toMatchObject([200, { assigneeId: sales.userId, accountName: null }]);
    expect((await sales2.get(`${tasks}/${task.id}`)).status).toBe(404);
    expect(await toldOf(sales, task.id)).toEqual(['task-assigned']);
  });

  it('[CRM-087] lists by assignee, changes and goes', async () => {
    const title = `T ${randomUUID()}`;
    const mine = await newTask(manager, { title });
    const theirs = await newTask(manager, { title, assigneeId: sales.userId });
    const found = await items<Task>(manager, `${tasks}?filter[title]=${title}&filter[assigneeId]=${sales.userId}`);
    expect(found.map(t => t.id)).toEqual([theirs.id]);
    expect((await manager.patch<Task>(`${tasks}/${mine.id}`, { priority: 'high' })).body.priority).toBe('high');
    expect((await manager.delete(`${tasks}/${mine.id}`)).status).toBe(204);
    expect((await manager.get(`${tasks}/${mine.id}`)).status).toBe(404);
  });

  it('has comments, and addresses of files', async () => {
    const { id } = await newTask(sales, { attachments: ['https://files.example.com/offer.pdf'] });
    const at = `${tasks}/${id}/comments`;
    expect(await wrong(sales, at, { body: ' ' })).toEqual(['/body']);
    expect((await sales2.post(at, { body: 'Hello' })).status).toBe(404);
    expect((await readonly.post(at, { body: 'Hello' })).status).toBe(403);
    expect((await sales.post(at, { body: 'Waits for the price list' })).status).toBe(201);
    expect(await items<Comment>(manager, at)).toMatchObject([
      { body: 'Waits for the price list', createdBy: sales.userId },
    ]);
    const { body } = await manager.get<Task>(`${tasks}/${id}`);
    expect(body).toMatchObject({ attachments: ['https://files.example.com/offer.pdf'], _count: { comments: 1 } });
  });
});

describe('activities', () => {
  it('[CRM-088] are interactions and tasks in one list, and each goes where it belongs', async () => {
    const account = await newAccount(manager);
    const about = { accountId: account.id };
    const make = async (activityType: string, more: object = {}): Promise<Activity> =>
      (await manager.post<Activity>(activities, { activityType, subject: activityType, ...about, ...more })).body;
    const made = [await make('Call'), await make('Email'), await make('Meeting', { dueDate: '2026-12-01' }),
      await make('Task', { dueDate: '2026-12-02', assignedToId: sales.userId })];
    expect(await wrong(manager, activities, { activityType: 'Fax', subject: 'S' })).toEqual(['/activityType']);
    const odd = { activityType: 'Call', subject: 'S', status: 'todo' };
    expect(await wrong(manager, activities, odd)).toEqual(['/status']);
    await newInteraction(manager, { type: 'note', subject: 'A note', ...about });
    const listed = `${activities}?filter[accountId]=${account.id}`;
    expect((await items<Activity>(manager, listed)).map(a => a.id)).toEqual(made.map(a => a.id).reverse());
    expect((await items<Task>(manager, `${tasks}?filter[accountId]=${account.id}`)).map(t => [t.title, t.assigneeId]))
      .toEqual([['Task', sales.userId]]);
    const first = (await manager.get<Listed<Activity>>(`${listed}&limit=3`)).body;
    const rest = (await manager.get<Listed<Activity> & { nextCursor: string | null }>(
      `${listed}&limit=3&cursor=${(first as { nextCursor?: string }).nextCursor}`,
    )).body;
    expect([...first.items, ...rest.items].map(a => a.id)).toEqual(made.map(a => a.id).reverse());
    const [call, , , task] = made;
    const patched = await manager.patch<Activity>(`${activities}/${task!.id}`, { status: 'completed' });
    expect(patched.body).toMatchObject({
      activityType: 'Task', status: 'completed', dueDate: '2026-12-02T00:00:00.000Z',
    });
    const put = await manager.put<Activity>(`${activities}/${call!.id}`, { activityType: 'Call', subject: 'Again' });
    expect(put.body).toMatchObject({ subject: 'Again', accountId: null, status: 'completed' });
    expect((await manager.put(`${activities}/${call!.id}`, { activityType: 'Task', subject: 'S' })).status).toBe(400);
    expect((await manager.delete(`${activities}/${task!.id}`)).status).toBe(204);
    expect((await manager.get(`${activities}/${task!.id}`)).status).toBe(404);
    expect((await sales2.get(`${activities}/${call!.id}`)).status).toBe(404);
    expect((await readonly.post(activities, { activityType: 'Call', subject: 'S' })).status).toBe(403);
  });
});

describe('the story', () => {
  it('of an account is one list by time, in pages, of what the reader may see', async () => {
    const account = await newAccount(manager, { accountOwner: sales.userId });
    const contact = await newContact(manager, { accountId: account.id });
    const about = { accountId: account.id };
    await newInteraction(manager, { ...about, completedAt: '2026-11-20T09:00:00Z', subject: 'Before' });
    const task = await newTask(manager, { ...about, title: 'After' });
    await manager.patch(`/api/contacts/${contact.id}`, { status: 'prospect' });
    const path = `/api/accounts/${account.id}`;
    const all = await story(sales, path);
    expect(all.map(i => i.at)).toEqual(all.map(i => i.at).sort().reverse());
    expect(all.map(i => `${i.kind} ${i.title}`).sort()).toEqual([
      'change Jane Doe', `created ${account.accountName}`, 'created Jane Doe', 'interaction Before', 'task After',
    ].sort());
    const paged: string[] = [];
    for (let cursor: string | null = ''; cursor !== null;) {
      const { body }: { body: { items: TimelineItem[]; nextCursor: string | null } } =
        await sales.get(`${path}/timeline?limit=2${cursor && `&cursor=${cursor}`}`);
      paged.push(...body.items.map(i => i.key));
      cursor = body.nextCursor;
    }
    expect(paged).toEqual(all.map(i => i.key));
    expect((await sales2.get(`${path}/timeline`)).status).toBe(404);
    for (const key of ['none', '["2026-02-30T00:00:00Z","a"]', '["x","a"]', '[1,2]'])
      expect((await sales.get(`${path}/timeline?cursor=${Buffer.from(key).toString('base64url')}`)).status).toBe(400);
    expect((await items<TimelineItem>(sales, `${path}/timeline?kind=task`)).map(i => i.recordId)).toEqual([task.id]);
  });

  it('[CRM-089] of an opportunity, its account and contact has call, task and change of stage by time', async () => {
    await run(seedOpportunityStages, {}, { actor: systemActor(app.tenant.id) });
    const account = await newAccount(manager);
    const contact = await newContact(manager, { accountId: account.id });
    const { body: deal } = await manager.post<Opportunity>('/api/opportunities', {
      opportunityName: 'Freezers', accountId: account.id, ownerId: sales.userId,
    });
    await manager.post('/api/opportunity-participants', {
      opportunityId: deal.id, accountId: account.id, role: 'customer', contactId: contact.id,
    });
    const about = { dealId: deal.id, contactId: contact.id };
    await newInteraction(manager, { ...about, completedAt: '2026-11-23T09:00:00Z' });
    await newInteraction(manager, { ...about, type: 'note', subject: 'A note', completedAt: '2026-11-22T09:00:00Z' });
    const task = await newTask(manager, about);
    expect(task).toMatchObject({ opportunityId: deal.id, accountId: account.id, opportunityName: 'Freezers' });
    const { body: stages } =
      await manager.get<Listed<{ key: string; name: string }>>('/api/opportunity-stages?sort=position');
    const [from, to] = stages.items;
    expect((await manager.patch(`/api/opportunities/${deal.id}`, { stage: to!.key })).status).toBe(200);
    for (const path of ['opportunities/' + deal.id, 'accounts/' + account.id, 'contacts/' + contact.id]) {
      const all = await story(manager, `/api/${path}`);
      expect(all.map(i => i.at)).toEqual(all.map(i => i.at).sort().reverse());
      expect(all.map(i => `${i.kind} ${i.title}`)).toEqual(expect.arrayContaining([
        'change Freezers', 'task Send the offer', 'interaction First call', 'interaction A note', 'created Freezers',
      ]));
      expect(all.filter(i => i.kind === 'change')).toMatchObject([{ from: from!.name, to: to!.name }]);
      expect(all.findIndex(i => i.title === 'A note')).toBe(all.findIndex(i => i.title === 'First call') + 1);
    }
    // The account is not theirs, but the opportunity is.
    expect((await story(sales, `/api/opportunities/${deal.id}`)).map(i => i.kind)).toContain('change');
    expect((await sales2.get(`/api/opportunities/${deal.id}/timeline`)).status).toBe(404);
  });

  it('[CRM-038] of a contact shows its qualification, which goes forward or to inactive', async () => {
    const account = await newAccount(manager);
    const { id } = await newContact(manager, { accountId: account.id });
    type Moved = Pick<Contact, 'status'> & Pick<ProblemBody, 'errors'>;
    const qualify = (status: string) => manager.patch<Moved>(`/api/contacts/${id}`, { status });
    expect((await qualify('prospect')).body.status).toBe('prospect');
    const changes = async (): Promise<(string | null)[][]> =>
      (await story(manager, `/api/contacts/${id}`)).filter(i => i.kind === 'change').map(i => [i.from, i.to, i.by]);
    expect(await changes()).toEqual([['lead', 'prospect', expect.any(String)]]);
    const back = await qualify('lead');
    expect([back.status, back.body.errors[0]!.pointer]).toEqual([400, '/status']);
    for (const status of ['customer', 'inactive']) expect((await qualify(status)).body.status).toBe(status);
    expect((await changes()).map(([from, to]) => `${from} ${to}`).sort()).toEqual(
      ['customer inactive', 'lead prospect', 'prospect customer'],
    );
    const { body } = await manager.get<{ items: { changes: { field: string; to: unknown }[] }[] }>(
      `/api/contacts/${id}/history`,
    );
    expect(body.items.flatMap(e => e.changes).filter(c => c.field === 'status').map(c => c.to))
      .toEqual(expect.arrayContaining(['prospect', 'customer', 'inactive']));
  });
});

describe('the story of changes', () => {
  const kindOf = async (by: Client, path: string, kind: string): Promise<TimelineItem[]> =>
    items<TimelineItem>(by, `${path}/timeline?kind=${kind}&limit=100`);

  it('[CRM-089] tells each changed field as the catalog calls it, before and after, with names for ids', async () => {
    const { body: region } = await admin.post<{ id: string; key: string }>('/api/custom-fields', {
      recordType: 'account', label: 'Sales region', type: 'select', options: ['North', 'South'],
    });
    const account = await newAccount(manager, { industry: 'Dairy', accountOwner: manager.userId });
    const path = `/api/accounts/${account.id}`;
    const change = async (fields: object): Promise<void> => {
      expect((await manager.patch(path, fields)).status).toBe(200);
    };
    await change({ industry: 'Food', status: 'prospect' });
    await change({ accountOwner: sales.userId });
    await change({ customFields: { [region.key]: 'North' } });
    const told = await kindOf(sales, path, 'change');
    const userNames = await inDatabase<{ id: string; name: string }>(
      app, 'select id, full_name as name from app_user where id = any($1)', [[manager.userId, sales.userId]],
    );
    const nameOf = (id: string): string => userNames.find(u => u.id === id)!.name;
    expect(told.map(i => i.changes)).toEqual([
      [{
        field: `customFields.${region.key}`, label: 'Sales region', kind: 'choice', from: null, to: 'North',
      }],
      [{ field: 'accountOwner', label: 'Owner', kind: 'user', from: nameOf(manager.userId), to: nameOf(sales.userId) }],
      expect.arrayContaining([
        { field: 'industry', label: 'Industry', kind: 'text', from: 'Dairy', to: 'Food' },
        { field: 'status', label: 'Status', kind: 'choice', from: 'active', to: 'prospect' },
      ]),
    ]);
    expect(told.map(i => [i.title, i.recordId, i.by])).toEqual(
      told.map(() => [account.accountName, account.id, nameOf(manager.userId)]),
    );
    const sale = await newOpportunity(manager, { value: 100, currency: 'USD' });
    for (const fields of [{ value: 200 }, { value: 300, currency: 'EUR' }, { value: 400 }])
      await manager.patch(`/api/opportunities/${sale.id}`, fields);
    const amounts = (await kindOf(manager, `/api/opportunities/${sale.id}`, 'change')).map(i => i.changes);
    expect(amounts.map(all => all.map(c => [c.field, c.from, c.to, c.currency]).sort())).toEqual([
      [['value', 300, 400, 'EUR']],
      [['currency', 'USD', 'EUR', undefined], ['value', 200, 300, 'EUR']],
      [['value', 100, 200, 'USD']],
    ]);
    // A field that is no longer in use is hidden with its values.
    expect((await admin.patch(`/api/custom-fields/${region.id}`, { active: false })).status).toBe(200);
    expect(JSON.stringify(await kindOf(sales, path, 'change'))).not.toContain('North');
  });

  it('[CRM-089] names nothing that the reader may not read', async () => {
    const [secret, open] = [
      await newAccount(manager, { accountName: `Secret ${randomUUID()}`, accountOwner: sales2.userId }),
      await newAccount(manager, { accountOwner: sales.userId }),
    ];
    const contact = await newContact(manager, { accountId: secret.id });
    const deal = await manager.post<Opportunity>('/api/opportunities', {
      opportunityName: 'Mixers', accountId: secret.id, ownerId: sales.userId, value: 100, tags: ['hot'],
    });
    for (const path of [`/api/contacts/${contact.id}`, `/api/opportunities/${deal.body.id}`])
      expect((await manager.patch(path, { accountId: open.id, tags: ['cold', 'late'] })).status).toBe(200);
    for (const path of [`/api/contacts/${contact.id}`, `/api/opportunities/${deal.body.id}`]) {
      const accountOf = async (by: Client): Promise<unknown[]> =>
        (await kindOf(by, path, 'change')).flatMap(i => i.changes).filter(c => c.field === 'accountId')
          .map(c => [c.label, c.from, c.to]);
      expect(await accountOf(manager)).toEqual([['Account', secret.accountName, open.accountName]]);
      expect(await accountOf(sales)).toEqual([['Account', '•••', open.accountName]]);
      expect((await sales2.get(`${path}/timeline`)).status).toBe(404);
    }
    const changes = (await kindOf(sales, `/api/opportunities/${deal.body.id}`, 'change')).flatMap(i => i.changes);
    expect(changes.find(c => c.field === 'tags')).toMatchObject({ from: ['hot'], to: ['cold', 'late'] });
  });

  it('[CRM-089] is read by pages, each line once, by one look into the log for each', async () => {
    const account = await newAccount(manager);
    await inDatabase(app, `
      insert into audit_log (id, tenant_id, actor, actor_name, action, table_name, record_id, verb, old_values,
        new_values, created_at)
      select gen_random_uuid(), $1, 'test', 'Robin', 'UPDATE', 'account', $2, 'test',
        jsonb_build_object('size', n - 1), jsonb_build_object('size', n),
        timestamptz '2026-11-20T00:00:00Z' + interval '1 second' * (n / 7)
      from generate_series(1, 10000) n`, [app.tenant.id, account.id]);
    await inDatabase(app, `
      insert into audit_log (id, tenant_id, actor, actor_name, action, table_name, record_id, verb, created_at)
      select gen_random_uuid(), $1, 'test', 'Robin', 'CREATE', 'account', gen_random_uuid(), 'test', now()
      from generate_series(1, 5000)`, [app.tenant.id]);
    await inDatabase(app, 'analyze audit_log');
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null && seen.length < 1200) {
      type Page = { items: TimelineItem[]; nextCursor: string | null };
      const { body }: { body: Page } = await manager.get(
        `/api/accounts/${account.id}/timeline?kind=change&limit=400${cursor && `&cursor=${cursor}`}`,
      );
      seen.push(...body.items.map(i => String(i.changes[0]!.to)));
      cursor = body.nextCursor;
    }
    expect([seen.length, new Set(seen).size]).toEqual([1200, 1200]);
    expect(Math.min(...seen.map(Number))).toBeGreaterThan(10_000 - 1200 - 7);
    const page = { after: ['2026-11-20T00:10:00.000Z', 'pov:x'] as [string, string], limit: 31 };
    const rows = changeRows({ of: 'account', id: account.id }, page);
    const plan = JSON.stringify(await readerOf(app.tenant.id).rows(sql`explain (analyze, format json) ${rows}`));
    expect(plan).toContain('audit_log_tenant_id_record_id_created_at_id_index');
    expect(Math.max(...[...plan.matchAll(/"Actual Rows":\s*(\d+)/g)].map(m => Number(m[1])))).toBeLessThanOrEqual(31);
  });

  it('[CRM-035] goes on with those of what was merged into the record', async () => {
    const [kept, gone] = [await newAccount(manager), await newAccount(manager, { industry: 'Dairy' })];
    await manager.patch(`/api/accounts/${gone.id}`, { industry: 'Food' });
    const { body } = await manager.post<{ mergeId: string }>('/api/accounts/merge', {
      survivorId: kept.id, mergedIds: [gone.id],
    });
    const all = await story(manager, `/api/accounts/${kept.id}`);
    expect(all.map(i => `${i.kind} ${i.title}`)).toEqual(expect.arrayContaining([
      `merged ${gone.accountName}`, `change ${gone.accountName}`, `created ${gone.accountName}`,
      `created ${kept.accountName}`,
    ]));
    const change = all.find(i => i.kind === 'change' && i.title === gone.accountName)!;
    expect(change).toMatchObject({ recordId: kept.id, changes: [{ field: 'industry', from: 'Dairy', to: 'Food' }] });
    expect((await manager.post(`/api/merges/${body.mergeId}/undo`, {})).status).toBe(200);
    const after = await story(manager, `/api/accounts/${kept.id}`);
    expect(after.filter(i => i.title === gone.accountName)).toEqual([]);
  });

  it('[CRM-089] has the POVs of an account and an opportunity, for those who may see them', async () => {
    const account = await newAccount(manager, { accountOwner: sales.userId });
    const { body: deal } = await manager.post<Opportunity>('/api/opportunities', {
      opportunityName: 'Ovens', accountId: account.id, ownerId: sales.userId,
    });
    const pov = await newPov(manager, { title: 'Ovens on trial', accountId: account.id, opportunityId: deal.id });
    expect((await move(manager, pov.id, 'LOST', 'Too dear')).status).toBeLessThan(300);
    for (const path of [`/api/accounts/${account.id}`, `/api/opportunities/${deal.id}`]) {
      expect((await kindOf(manager, path, 'pov')).map(i => [i.type, i.title, i.to, i.recordId]).sort()).toEqual([
        ['pov.created', 'Ovens on trial', null, pov.id], ['status.changed', 'Ovens on trial', 'LOST', pov.id],
      ]);
      expect(await kindOf(sales, path, 'pov')).toEqual([]);
    }
  });

  it('[CRM-089] has the files of a record, those that were taken away too', async () => {
    const account = { subject: 'account' as const, subjectId: (await newAccount(manager)).id };
    const path = `/api/accounts/${account.subjectId}`;
    const kept = await newFile(app, manager, account, { name: 'Plan.pdf' });
    const gone = await newFile(app, manager, account, { name: 'Offer.pdf' });
    expect((await manager.delete(`/api/attachments/${gone.id}`)).status).toBe(204);
    const files = await kindOf(manager, path, 'file');
    expect(files.map(i => [i.title, i.type, i.status, i.recordId]).sort()).toEqual([
      ['Offer.pdf', 'added', 'removed', gone.id], ['Offer.pdf', 'removed', 'removed', gone.id],
      ['Plan.pdf', 'added', null, kept.id],
    ]);
  });
});

describe('a comment', () => {
  it('stands in the story of its record, and tells whom it mentions', async () => {
    const account = await newAccount(manager, { accountOwner: sales.userId });
    const contact = await newContact(manager, { accountId: account.id });
    const deal = await newOpportunity(manager, { accountId: account.id, ownerId: sales.userId });
    const people = await items<Person>(manager, `/api/accounts/${account.id}/comments/people`);
    const of = people.find(p => p.id === sales.userId)!;
    for (const path of [`accounts/${account.id}`, `contacts/${contact.id}`, `opportunities/${deal.id}`]) {
      const at = `/api/${path}/comments`;
      const body = { body: `Please call, @${of.name}`, mentionIds: [of.id, manager.userId] };
      const { status, body: made } = await manager.post<Comment>(at, body);
      expect([status, made.mentions.map(m => m.id).sort()]).toEqual([201, [of.id, manager.userId].sort()]);
      expect(await items<Comment>(sales, at)).toMatchObject([{ body: body.body, createdBy: manager.userId }]);
      expect((await items<TimelineItem>(sales, `/api/${path}/timeline?kind=comment`)).map(i => [i.title, i.recordId]))
        .toEqual([[body.body, made.id]]);
      const { body: told } = await sales.get<Listed<Notification>>('/api/notifications?pageSize=100');
      expect(told.items.filter(n => n.referenceId === path.split('/')[1])).toMatchObject([{
        templateId: 'comment-mention', referenceType: path.startsWith('opp') ? 'opportunity' : path.split('s/')[0],
        body: expect.stringContaining(body.body),
      }]);
      // Nobody is told of what they wrote themselves.
      expect(await toldOf(manager, path.split('/')[1]!)).toEqual([]);
    }
  });

  it('mentions nobody who may not read the record, and offers none of them', async () => {
    const account = await newAccount(manager, { accountOwner: sales.userId });
    const at = `/api/accounts/${account.id}/comments`;
    const offered = (await items<{ id: string }>(sales, `${at}/people`)).map(p => p.id);
    expect(offered).toEqual(expect.arrayContaining([sales.userId, manager.userId]));
    expect(offered).not.toContain(sales2.userId);
    for (const id of [sales2.userId, randomUUID()])
      expect(await wrong(sales, at, { body: 'Hello', mentionIds: [manager.userId, id] })).toEqual(['/mentionIds']);
    expect(await items<Comment>(sales, at)).toEqual([]);
    expect(await toldOf(manager, account.id)).toEqual([]);
    for (const path of [at, `${at}/people`]) expect((await sales2.get(path)).status).toBe(404);
    expect((await sales2.post(at, { body: 'Hello' })).status).toBe(404);
    expect((await readonly.post(at, { body: 'Hello' })).status).toBe(403);
    expect((await items<{ id: string }>(sales, `${at}/people?q=no such name`))).toEqual([]);
  });
});

describe('a group', () => {
  it('[CRM-095] counts its members, accounts and contacts alike, each once', async () => {
    const { body: group } = await manager.post<Group>('/api/groups', { groupName: 'Newsletter', groupType: 'Mail' });
    const at = `/api/groups/${group.id}/members`;
    const account = await newAccount(manager);
    const people = [await newContact(manager), await newContact(manager)];
    const members = [{ accountId: account.id }, ...people.map(p => ({ contactId: p.id }))];
    for (const member of [...members, members[0]!]) expect((await manager.post(at, member)).status).toBe(201);
    const count = async (): Promise<number> => (await manager.get<Group>(`/api/groups/${group.id}`)).body.memberCount;
    expect(await count()).toBe(3);
    expect((await items<GroupMember>(manager, at)).map(m => m.name))
      .toEqual([account.accountName, 'Jane Doe', 'Jane Doe'].sort());
    expect((await manager.delete(`${at}?contactId=${people[0]!.id}`)).status).toBe(204);
    expect((await manager.delete(`${at}?contactId=${people[0]!.id}`)).status).toBe(404);
    expect((await manager.delete(at)).status).toBe(400);
    expect(await count()).toBe(2);
    await manager.delete(`/api/contacts/${people[1]!.id}`);
    expect(await count()).toBe(1);
    expect(await wrong(manager, at, {})).toEqual(['/accountId']);
    expect(await wrong(manager, at, { accountId: randomUUID() })).toEqual(['/accountId']);
    expect((await sales.post(at, members[0])).status).toBe(404);
  });

  it('[CRM-096] is shown by the account that was put into it', async () => {
    const { body: group } = await sales.post<Group>('/api/groups', { groupName: 'Partners' });
    const account = await newAccount(sales);
    expect((await sales.post(`/api/groups/${group.id}/members`, { accountId: account.id })).status).toBe(201);
    expect(await items<GroupOf>(sales, `/api/accounts/${account.id}/groups`)).toMatchObject([
      { groupName: 'Partners', memberCount: 1 },
    ]);
    const at = `/api/accounts/${account.id}/groups`;
    expect((await sales2.get(at)).status).toBe(404);
    const { body: last } = await sales.post<Group>('/api/groups', { groupName: 'Quiet' });
    await sales.post(`/api/groups/${last.id}/members`, { accountId: account.id });
    type Part = Listed<GroupOf> & { nextCursor: string | null };
    const { body: first } = await sales.get<Part>(`${at}?limit=1`);
    expect([first.items.map(g => g.groupName), first.total]).toEqual([['Partners'], 2]);
    const { body: rest } = await sales.get<Part>(`${at}?limit=1&cursor=${first.nextCursor}`);
    expect([rest.items.map(g => g.groupName), rest.nextCursor]).toEqual([['Quiet'], null]);
    await manager.delete(`/api/groups/${last.id}`);
    const put = await sales.put<Group>(`/api/groups/${group.id}`, { groupName: 'Allies' });
    expect(put.body).toMatchObject({ groupName: 'Allies', groupType: null, memberCount: 1 });
    const patched = await sales.patch<Group>(`/api/groups/${group.id}`, { active: false });
    expect(patched.body).toMatchObject({ groupName: 'Allies', active: false });
    expect((await items<Group>(sales, '/api/groups?q=allies')).map(g => g.id)).toEqual([group.id]);
    expect((await manager.delete(`/api/groups/${group.id}`)).status).toBe(204);
    expect(await items<GroupOf>(sales, `/api/accounts/${account.id}/groups`)).toEqual([]);
  });
});

describe('a ticket', () => {
  it('needs an issue, and is about accounts that are there', async () => {
    expect(await wrong(manager, '/api/tickets', {})).toEqual(['/issue']);
    const vendor = await newAccount(manager, { accountType: 'Vendor' });
    const { body } = await manager.post<Ticket>('/api/tickets', { issue: 'Wrong price', vendorId: vendor.id });
    expect(body).toMatchObject({
      state: 'open', active: true, assigneeId: manager.userId, vendorName: vendor.accountName,
    });
    expect((await story(manager, `/api/accounts/${vendor.id}`)).map(i => i.title)).toContain('Wrong price');
    expect(await wrong(manager, '/api/tickets', { issue: 'I', distributorId: randomUUID() }))
      .toEqual(['/distributorId']);
  });

  it('[CRM-100] is closed with a comment, and leaves the open ones', async () => {
    const issue = `I ${randomUUID()}`;
    const { body: ticket } = await manager.post<Ticket>('/api/tickets', { issue, assigneeId: sales.userId });
    const found = async (filter: string): Promise<string[]> =>
      (await items<Ticket>(sales, `/api/tickets?filter[issue]=${issue}&${filter}`)).map(t => t.id);
    expect(await found('filter[active]=true')).toEqual([ticket.id]);
    const closed = await sales.patch<Ticket>(`/api/tickets/${ticket.id}`, { state: 'closed', comment: 'Corrected' });
    expect(closed.body).toMatchObject({ state: 'closed', active: false, closedAt: '2026-11-24T09:00:00.000Z' });
    expect([await found('filter[active]=true'), await found('filter[state]=closed')]).toEqual([[], [ticket.id]]);
    expect(await items<Comment>(sales, `/api/tickets/${ticket.id}/comments`)).toMatchObject([{ body: 'Corrected' }]);
    const again = await sales.patch<Ticket>(`/api/tickets/${ticket.id}`, { state: 'in_progress' });
    expect(again.body).toMatchObject({ active: true, closedAt: null });
  });
});

it('[CRM-054] contacts are listed with their account and the number of their tasks, by no query more', async () => {
  const account = await newAccount(manager);
  const source = randomUUID();
  const [busy, idle] = [
    await newContact(manager, { accountId: account.id, source, jobTitle: 'CTO' }),
    await newContact(manager, { source }),
  ];
  const made = [];
  for (let i = 0; i < 3; i++) made.push(await newTask(manager, { contactId: busy.id }));
  await manager.delete(`${tasks}/${made[0]!.id}`);
  const shown = await items<Contact>(manager, `/api/contacts?filter[source]=${source}&sort=taskCount`);
  expect(shown.map(c => [c.id, c.accountName, c._count.tasks])).toEqual([
    [idle.id, null, 0], [busy.id, account.accountName, 2],
  ]);
  const [summary] = await inDatabase(
    app, 'select account_name as a, task_count as t, search_text as s from contacts_summary where id = $1', [busy.id],
  );
  expect(summary).toEqual({ a: account.accountName, t: 2, s: `${busy.fullName}\nCTO\n${account.accountName}` });
});

