import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Contact } from '../../../domain/crm/contact.ts';
import { sayReason } from '../../../domain/crm/scoring/score.ts';
import type { ScoringRule } from '../../../domain/crm/scoring/scoring-rule.ts';
import type { ContactScore, ScoringPreview, ScoringRun } from '../../../domain/crm/scoring/scoring.contract.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { newAccount, newContact, newInteraction, newTask, withAccountTypes } from '../../kit/crm.fixture.ts';
import { keep } from '../../kit/histories.ts';
import { newRule, ofField, ofInteractions, rulesPath, scored } from '../../kit/crm/scoring.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import type { Listed } from '../../kit/pov.fixture.ts';
import { rowCounts } from '../../kit/row-counts.ts';

let app: App, manager: Client, sales: Client;
beforeAll(async () => {
  app = await bootApp();
  await withAccountTypes(app.tenant.id);
  [manager, sales] = [await app.as('manager'), await app.as('sales')];
});
afterAll(() => app?.stop());
afterEach(async () => {
  const { body } = await manager.get<Listed<ScoringRule>>(rulesPath);
  for (const { id } of body.items) await manager.delete(`${rulesPath}/${id}`);
  if (body.items.length) await scored(manager);
});

const scoreOf = async (id: string): Promise<ContactScore> =>
  (await manager.get<ContactScore>(`/api/contacts/${id}/score`)).body;
const pointsOf = async (id: string): Promise<number> => {
  const [{ body }, { score }] = [await manager.get<Contact>(`/api/contacts/${id}`), await scoreOf(id)];
  expect(body.leadScore).toBe(score);
  return score;
};
const change = async (id: string, fields: object): Promise<void> => {
  expect((await manager.patch(`/api/contacts/${id}`, fields)).status).toBe(200);
};
const meeting = { type: 'meeting', subject: 'Demo' };

describe('[CRM-037] the lead score', () => {
  it('rises by 10 when a meeting is logged, given a rule of +10 per meeting, and says why', async () => {
    const { id } = await newContact(manager);
    expect(await pointsOf(id)).toBe(0);
    await newRule(manager, 10, ofInteractions({ types: ['meeting'] }), { name: 'Meeting' });
    const first = await newInteraction(manager, { ...meeting, contactId: id });
    expect(await pointsOf(id)).toBe(10);
    await newInteraction(manager, { ...meeting, contactId: id });
    expect((await scoreOf(id)).reasons.map(sayReason)).toEqual(['+20 Meeting (2 times)']);
    await newInteraction(manager, { ...meeting, contactId: id, status: 'scheduled' });
    await newInteraction(manager, { type: 'call', subject: 'Call', contactId: id });
    expect(await pointsOf(id)).toBe(20);

    const { id: other } = await newContact(manager, { firstName: 'Kim' });
    await manager.patch(`/api/crm/interactions/${first.id}`, { contactId: other });
    expect([await pointsOf(id), await pointsOf(other)]).toEqual([10, 10]);
    await manager.delete(`/api/crm/interactions/${first.id}`);
    expect(await pointsOf(other)).toBe(0);
    await manager.post(`/api/crm/interactions/${first.id}/restore`);
    expect(await pointsOf(other)).toBe(10);
  });

  it('follows source, status and profile, and leaves version and time of the contact alone', async () => {
    await newRule(manager, 20, ofField('source', 'eq', 'Referral'), { name: 'Source Referral' });
    await newRule(manager, -30, ofField('status', 'eq', 'inactive'));
    await newRule(manager, 5, { kind: 'fields', where: { any: [
      { field: 'jobTitle', op: 'contains', value: 'chief' }, { field: 'tags', op: 'eq', value: 'vip' },
    ] } });
    const { id: accountId } = await newAccount(manager);
    const { id } = await newContact(manager, { accountId, source: 'Referral', jobTitle: 'Chief of Staff' });
    expect((await scoreOf(id)).reasons.map(sayReason)).toEqual(['+20 Source Referral', '+5 Rule of 5']);
    await change(id, { jobTitle: 'Clerk' });
    expect(await pointsOf(id)).toBe(20);
    await change(id, { tags: ['vip'], status: 'inactive', source: null });
    expect(await pointsOf(id)).toBe(-25);
    const read = async () => (await manager.get<Contact>(`/api/contacts/${id}`)).body;
    const before = await read();
    await newRule(manager, 7, ofField('active', 'eq', 'true'));
    await scored(manager);
    const { leadScore, ...after } = await read();
    expect([leadScore, after]).toEqual([-18, (({ leadScore: _, ...rest }) => rest)(before)]);
    const { body } = await manager.get<Listed<{ changes: { field: string; to: unknown }[]; by: string }>>(
      `/api/contacts/${id}/history`);
    expect(body.items[0]).toMatchObject({ changes: [{ field: 'leadScore', from: -25, to: -18 }] });
  });

  it('follows tasks, the account and its type', async () => {
    await newRule(manager, 3, ofField('taskCount', 'gte', '1'));
    await newRule(manager, 4, ofField('contactType', 'eq', 'Distributor'));
    await newRule(manager, 6, ofField('accountName', 'contains', 'globex'));
    await scored(manager);
    const account = await newAccount(manager, { accountName: `Globex ${randomUUID()}`, accountType: 'Customer' });
    const { id } = await newContact(manager, { accountId: account.id });
    expect(await pointsOf(id)).toBe(6);
    await newTask(manager, { contactId: id });
    expect(await pointsOf(id)).toBe(9);
    await manager.patch(`/api/accounts/${account.id}`, { accountType: 'Distributor', accountName: 'Initech' });
    await app.settled();
    expect(await pointsOf(id)).toBe(7);
  });

  it('is that of both when two contacts become one, and of each when they part again', async () => {
    await newRule(manager, 10, ofInteractions({ types: ['meeting'] }));
    const [a, b] = [await newContact(manager), await newContact(manager, { firstName: 'Jan' })];
    for (const { id } of [a, b, b]) await newInteraction(manager, { ...meeting, contactId: id });
    const merge = { survivorId: a.id, mergedIds: [b.id] };
    const { body } = await manager.post<{ mergeId: string; record: Contact }>('/api/contacts/merge', merge);
    expect(await pointsOf(a.id)).toBe(30);
    expect((await manager.post(`/api/merges/${body.mergeId}/undo`)).status).toBe(200);
    expect([await pointsOf(a.id), await pointsOf(b.id)]).toEqual([10, 20]);
  });

  it('is another one for all as soon as a rule is another one, and only while it is active', async () => {
    const { id } = await newContact(manager, { source: 'Fair' });
    const rule = await newRule(manager, 8, ofField('source', 'eq', 'Fair'));
    expect((await scored(manager)).cause).toBe('rules');
    expect(await pointsOf(id)).toBe(8);
    for (const [fields, points] of [[{ points: 9 }, 9], [{ isActive: false }, 0], [{ isActive: true }, 9]] as const) {
      await manager.patch(`${rulesPath}/${rule.id}`, fields);
      await scored(manager);
      expect(await pointsOf(id)).toBe(points);
    }
    await manager.delete(`${rulesPath}/${rule.id}`);
    await scored(manager);
    expect(await pointsOf(id)).toBe(0);
  });

  it('follows the days as they pass, in the night', async () => {
    await newRule(manager, 10, ofInteractions({ types: ['meeting'], withinDays: 30 }), { name: 'Met lately' });
    await newRule(manager, -5, ofInteractions({ counting: 'none', withinDays: 14 }), { name: 'Nothing for 14 days' });
    await newRule(manager, 2, ofInteractions({ counting: 'once', direction: 'inbound' }), { name: 'Ever wrote' });
    await scored(manager);
    const { id } = await newContact(manager);
    expect((await scoreOf(id)).reasons).toEqual([]);
    await newInteraction(manager, { ...meeting, contactId: id, direction: 'inbound' });
    expect((await scoreOf(id)).reasons.map(sayReason)).toEqual(['+10 Met lately', '+2 Ever wrote']);
    await app.advance({ by: 'P15D' });
    expect(await pointsOf(id)).toBe(12);
    expect(await night('nightlyScoring.begun')).toBe(1);
    expect(await scored(manager)).toMatchObject({ cause: 'nightly', startedByName: null });
    const noted = await inDatabase(app, `select from audit_log where verb = 'score-at-night' and action = 'CREATE'`);
    expect(noted).toHaveLength(1);
    expect(await pointsOf(id)).toBe(7);
    expect(await night()).toBe(0);
    await app.advance({ by: 'P16D' });
    expect(await night()).toBe(1);
    await scored(manager);
    expect((await scoreOf(id)).reasons.map(sayReason)).toEqual(['−5 Nothing for 14 days', '+2 Ever wrote']);
  });
});

/** As its schedule would start it: for how many tenants scoring began. */
async function night(name?: string): Promise<number> {
  const { client, taskQueue } = app.engine;
  const handle = await client.workflow.start('nightlyScoring', { workflowId: `nightly-${taskQueue}`, taskQueue });
  const { started } = (await handle.result()) as { started: number };
  if (name) await keep(name, await handle.fetchHistory());
  return started;
}

describe('the rules', () => {
  it.each<[string, object, string]>([
    ['of a field that contacts do not have', ofField('shoeSize', 'eq', '9'), '/condition/where'],
    ['of the score itself', ofField('leadScore', 'gt', '9'), '/condition/where'],
    ['with a value that the field cannot have', ofField('active', 'eq', 'perhaps'), '/condition/where'],
    ['with an operator that does not fit', ofField('tags', 'gt', 'a'), '/condition/where'],
    ['of no conditions', { kind: 'fields', where: {} }, '/condition/where'],
    ['of interactions that there are none of', ofInteractions({ types: ['fax' as 'call'] }), '/condition/types/0'],
  ])('refuse one %s, and nothing is different', async (_, condition, pointer) => {
    const before = await rowCounts(app);
    for (const [path, body] of [
      [rulesPath, { name: 'R', points: 1, condition }],
      ['/api/crm/scoring-previews', { rule: { name: 'R', points: 1, condition } }],
    ] as const) {
      const { status, body: problem } = await manager.post<ProblemBody>(path, body);
      const at = path === rulesPath ? pointer : `/rule${pointer}`;
      expect([status, problem.errors?.map(e => e.pointer)]).toEqual([400, [at]]);
    }
    expect(await rowCounts(app)).toEqual(before);
  });

  it('are for sales management and administrators, and not more than fifty', async () => {
    const body = { name: 'R', points: 1, condition: ofInteractions() };
    for (const who of [sales, await app.as('readonly')]) {
      expect((await who.post(rulesPath, body)).status).toBe(403);
      expect((await who.post('/api/crm/scoring-runs')).status).toBe(403);
    }
    expect((await (await app.as('admin')).post(rulesPath, { ...body, points: 101 })).status).toBe(400);
    await inDatabase(app, `insert into scoring_rule (id, tenant_id, created_at, updated_at, name, points, condition,
      is_active, position)
      select gen_random_uuid(), $1, now(), now(), 'R', 1, $2, false, 1 from generate_series(1, 50)`,
    [app.tenant.id, JSON.stringify(ofInteractions({ types: [], counting: 'each' }))]);
    expect((await manager.post<ProblemBody>(rulesPath, body)).body.detail).toMatch(/50 rules already/);
    await inDatabase(app, 'delete from scoring_rule');
  });

  it('fit nobody once the custom field that they ask is gone, and contacts are written as before', async () => {
    const admin = await app.as('admin');
    const field = { recordType: 'contact', label: 'Rank', key: 'rank', type: 'number' };
    const { body } = await admin.post<{ id: string }>('/api/custom-fields', field);
    await newRule(manager, 11, ofField('customFields.rank', 'empty', 'true'));
    const { id } = await newContact(manager);
    expect(await pointsOf(id)).toBe(11);
    expect((await admin.delete(`/api/custom-fields/${body.id}`)).status).toBe(204);
    await change(id, { jobTitle: 'Clerk' });
    expect(await pointsOf(id)).toBe(0);
  });

  it('score whoever a salesperson may read, and say so to nobody else', async () => {
    const { id } = await newContact(manager);
    expect((await sales.get(`/api/contacts/${id}/score`)).status).toBe(404);
    expect((await manager.get(`/api/contacts/${randomUUID()}/score`)).status).toBe(404);
  });

  it('a run that is on its way begins again when it is asked for', async () => {
    await app.stopWorker();
    const first = await manager.post<{ id: string }>('/api/crm/scoring-runs', {});
    const second = await manager.post<{ id: string }>('/api/crm/scoring-runs', {});
    expect([first.status, second.body.id]).toEqual([202, first.body.id]);
    await app.startWorker();
    expect(await scored(manager)).toMatchObject({ id: first.body.id, status: 'done' } satisfies Partial<ScoringRun>);
  });
});

describe('a preview', () => {
  it('says whom a rule would change, before and after, and writes nothing', async () => {
    const tag = randomUUID();
    const rule = await newRule(manager, 25, ofField('tags', 'eq', tag), { name: 'Tagged' });
    const [one, two] = [
      await newContact(manager, { firstName: 'One', tags: [tag] }),
      await newContact(manager, { tags: [tag, `${tag}+`] }),
    ];
    await scored(manager);
    const before = await rowCounts(app);
    const preview = async (body: object): Promise<ScoringPreview> => {
      const { status, body: answer } = await manager.post<ScoringPreview>('/api/crm/scoring-previews', body);
      expect(status).toBe(200);
      return answer;
    };
    const draft = { name: 'More', points: 60, condition: ofField('tags', 'eq', `${tag}+`) };
    const added = await preview({ rule: draft });
    expect(added).toMatchObject({ changed: 1, examples: [{ contactId: two.id, before: 25, after: 85 }] });
    expect(added.examples[0]!.reasons.map(sayReason)).toEqual(['+25 Tagged', '+60 More']);
    expect(added.bands.map(b => [b.from, b.after - b.before])).toEqual(
      [[null, 0], [0, 0], [1, 0], [20, -1], [40, 0], [60, 0], [80, 1]]);
    expect(added.bands.reduce((sum, b) => sum + b.after, 0)).toBe(added.contacts);

    const instead = await preview({ ruleId: rule.id, rule: { ...draft, points: 5 } });
    expect(instead.changed).toBe(2);
    expect(new Map(instead.examples.map(e => [e.contactId, [e.before, e.after]]))).toEqual(
      new Map([[one.id, [25, 0]], [two.id, [25, 5]]]));
    expect(await preview({ rule: { ...draft, isActive: false } })).toMatchObject({ changed: 0, examples: [] });
    expect(await rowCounts(app)).toEqual(before);
    expect(await pointsOf(two.id)).toBe(25);
  });
});
