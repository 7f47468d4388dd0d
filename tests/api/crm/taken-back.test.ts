import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { allRows } from '../../kit/crm/all-rows.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Account } from '../../../domain/crm/account.ts';
import type { Job } from '../../../domain/platform/job/job.ts';
import type { Client } from '../../kit/client.ts';
import {
  newAccount, newContact, newInteraction, newOpportunity, newTask, withAccountTypes, withStages,
} from '../../kit/crm.fixture.ts';
import { sampled, variedLists, withCustomFields, type VariedList } from '../../kit/crm/varied.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { newFile } from '../../kit/file/files.fixture.ts';
import { newPov } from '../../kit/pov.fixture.ts';
import { jobIs, newImport, ran } from '../../kit/job/jobs.fixture.ts';

/** Fixed, so that a failure is the same for everybody; FUZZ_SEED=<number> walks another way. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20261129);
const runs = 3;

let app: App, manager: Client;
beforeAll(async () => {
  app = await bootApp();
  await withAccountTypes(app.tenant.id);
  await withStages(app.tenant.id);
  manager = await app.as('manager');
  const admin = await app.as('admin');
  for (const record of ['account', 'contact'] as const) await withCustomFields(admin, record);
});
afterAll(() => app?.stop());

const fine = <T>({ status, body }: { status: number; body: T }): T => {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
};

/** Picks the nth of some. */
type Pick = <T>(of: readonly T[]) => T;
const pickFrom = (numbers: number[]): Pick => of => of[numbers.pop()! % of.length]!;

interface World {
  accounts: string[];
  contacts: string[];
}
/** Of a contact: it belongs to no account, and is nobody's first. */
const isFree = (fields: object): boolean => (fields as { accountId: string | null }).accountId === null;

/** Addresses and numbers of a person, some of them those of others too. */
function reachedBy(pick: Pick): object {
  const numbers = [null, '555-222-3333', '555-222-4444'];
  return {
    emailAddress: pick([null, `${randomUUID()}@one.example`]), workPhone: pick(numbers), mobile: pick(numbers),
    extension: pick([null, '7']),
    emails: pick([null, [], [{ type: 'home', value: 'home@one.example' }]]),
    phones: pick([null, [{ type: 'home', value: '+4722334455' }], [{ type: 'car', value: '555-222-3333' }]]),
  };
}

/** Accounts and people with all that can belong to them, some of it to several at once. */
async function newWorld(run: number, pick: Pick): Promise<World> {
  const fieldsOf = (record: string, accountIds: string[]): fc.Arbitrary<object> =>
    variedLists(accountIds).find(list => list.record === record)!.fields;
  const accounts: string[] = [];
  for (const fields of sampled(fieldsOf('account', ['none']), 4, seed + run)) {
    const parentAccountId = pick([null, ...accounts]);
    accounts.push((await newAccount(manager, { ...fields, parentAccountId })).id);
  }
  const contacts: string[] = [];
  for (const fields of sampled(fieldsOf('contact', accounts), 4, seed + run)) {
    const isPrimary = !isFree(fields) && pick([true, false]);
    contacts.push((await newContact(manager, { ...fields, ...reachedBy(pick), isPrimary })).id);
  }
  const group = fine(await manager.post<{ id: string }>('/api/groups', { groupName: randomUUID() })).id;
  for (const contactId of contacts) {
    await manager.post(`/api/contacts/${contactId}/organizations`, { accountId: pick(accounts) });
    await newInteraction(manager, pick([{ contactId: pick(contacts) }, { accountId: pick(accounts) }]));
    await newTask(manager, { contactId: pick(contacts) });
    const ticket = { issue: randomUUID(), distributorId: pick(accounts), vendorId: pick(accounts) };
    fine(await manager.post('/api/tickets', ticket));
    for (const [subject, subjectId] of [['contact', contactId], ['account', pick(accounts)]] as const) {
      fine(await manager.post(`/api/${subject}s/${subjectId}/comments`, { body: 'Said' }));
      await newFile(app, manager, { subject, subjectId });
    }
    const { id: accountId, accountName } = fine(await manager.get<Account>(`/api/accounts/${pick(accounts)}`));
    await newPov(manager, { accountId, customerName: pick([accountName, 'Another']) });
    if (pick([true, false])) await manager.post(`/api/groups/${group}/members`, { contactId });
    const vendorAccountId = pick([null, ...accounts]);
    const deal = await newOpportunity(manager, { accountId: pick(accounts), vendorAccountId });
    for (const role of ['vendor', 'partner'])
      for (const accountId of new Set([pick(accounts), pick(accounts)]))
        fine(await manager.post('/api/opportunity-participants', { opportunityId: deal.id, accountId, role }));
  }
  await manager.post('/api/principal-distributor-relationships', {
    principalAccountId: pick(accounts), distributorAccountId: pick(accounts), commissionRate: '5',
  });
  return { accounts, contacts };
}

const chosen = {
  contacts: ['jobTitle', 'city', 'status', 'accountId', 'tags'],
  accounts: ['industry', 'status', 'active', 'customFields'],
};
const numbers = fc.array(fc.nat(), { minLength: 200, maxLength: 200 });

describe(`what was done and taken back has left nothing (seed ${seed})`, () => {
  it('[CRM-035] a merge of some of them, and taking it apart', async () => {
    for (const [run, dice] of sampled(numbers, runs, seed).entries()) {
      const pick = pickFrom([...dice]);
      const world = await newWorld(run, pick);
      for (const kind of ['contacts', 'accounts'] as const) {
        const count = pick([2, 3, 4]);
        const [survivorId, ...mergedIds] = world[kind].slice(-count) as [string, ...string[]];
        const choices = Object.fromEntries(
          chosen[kind].filter(() => pick([true, false])).map(field => [field, pick([survivorId, ...mergedIds])]),
        );
        const before = await allRows(app);
        const merge = (more: object) =>
          manager.post<{ mergeId: string }>(`/api/${kind}/merge`, { survivorId, mergedIds, ...more });
        const asked = await merge({ choices });
        // A choice may say what nobody can be: a customer without an account.
        const { mergeId } = fine(asked.status === 400 ? await merge({}) : asked);
        expect(await allRows(app)).not.toEqual(before);
        fine(await manager.post(`/api/merges/${mergeId}/undo`, {}));
        expect([run, kind, await allRows(app)]).toEqual([run, kind, before]);
      }
    }
  });

  /** What a contact is at the organizations that it has. */
  const withRoles = async (contactId: string): Promise<void> => {
    const at = `/api/contacts/${contactId}/organizations`;
    for (const { id } of fine(await manager.get<{ items: { id: string }[] }>(at)).items)
      fine(await manager.patch(`${at}/${id}`, { role: 'Buyer', influence: 70 }));
  };
  /** Who is deleted keeps their organizations. */
  const rowsOfLiving = async (): Promise<Record<string, object[]>> => {
    const rows = await allRows(app);
    const living = new Set((rows['contact'] as { id: string }[]).map(row => row.id));
    const links = rows['contact_organization'] as { contact_id: string }[];
    return { ...rows, contact_organization: links.filter(link => living.has(link.contact_id)) };
  };
  const cell = (value: unknown): string =>
    `"${(value === null || value === undefined ? '' : String(value)).replaceAll('"', '""')}"`;
  const fileOf = (columns: string[], rows: Record<string, unknown>[]): string =>
    [columns, ...rows.map(row => columns.map(name => row[name]))].map(line => line.map(cell).join(',')).join('\n');

  it('[CRM-113] an import that makes and changes accounts and contacts, and its undo', async () => {
    const employers = ['Lead', 'Chase'];
    const lists = variedLists([
      (await newAccount(manager, { accountName: 'Lead' })).id, (await newAccount(manager, { accountName: 'Chase' })).id,
    ]);
    const of = (record: string): VariedList => lists.find(list => list.record === record)!;
    const columns = {
      account: ['accountName', 'accountType', 'industry', 'shippingCity', 'status', 'isPrincipal', 'Seats', 'Tier'],
      contact: [
        'firstName', 'lastName', 'emailAddress', 'jobTitle', 'city', 'tags', 'Region', 'Uses', 'status', 'Account',
        'isPrimary',
      ],
    };
    type Fields = Record<string, unknown> & { customFields: Record<string, unknown> };
    for (let run = 0; run < runs; run++) {
      const record = run % 2 ? 'account' : 'contact';
      const { fields, make } = of(record);
      const there = sampled(fields, 4, seed + run) as Fields[];
      // Some records stand in the file more than once: one that was there, and one that the file brings.
      const named = [0, 1, 2, 3, 4, 5, 6, 7, 1, 5, 5];
      const sent = sampled(fields, named.length, seed + runs + run) as Fields[];
      const mail = (n: number): string => `p${run}-${n}@example.com`;
      const keyOf = (n: number): object =>
        record === 'account' ? { accountName: `${run} ${n}` } : { emailAddress: mail(n) };
      for (const [n, row] of there.entries()) {
        const first = n === 0 && row['accountId'] !== null;
        const { id } = await make(manager, { ...row, ...keyOf(n), ...(record === 'contact' && { isPrimary: first }) });
        if (record === 'contact') await withRoles(id);
      }
      const rows = sent.map(({ customFields: custom, tags, ...row }, n) => ({
        ...row, accountName: `${run} ${named[n]!}`, accountType: 'Vendor', emailAddress: mail(named[n]!),
        Seats: custom['seats'], Tier: custom['tier'], Region: custom['region'],
        tags: (tags as string[] | undefined)?.join(';'), Uses: (custom['uses'] as string[] | null)?.join(';'),
        status: record === 'contact' ? 'customer' : row['status'], Account: employers[n % 2], isPrimary: n % 3 > 0,
      }));
      const before = await rowsOfLiving();
      const job = await newImport(manager, record, fileOf(columns[record], rows));
      const { checked } = await ran(manager, job, 'check');
      expect(await rowsOfLiving()).toEqual(before);
      const { counts } = await ran(manager, job);
      expect([run, counts]).toEqual([run, checked]);
      expect([run, counts.failed ?? 0, counts.created, (counts.updated ?? 0) > 0]).toEqual([run, 0, 4, true]);
      expect(await rowsOfLiving()).not.toEqual(before);
      expect((await ran(manager, job, 'undo')).counts.failed ?? 0).toBe(0);
      expect([run, await rowsOfLiving()]).toEqual([run, before]);
    }
  });

  it('[CRM-113] [CRM-118] a change of what was done, closed, won or lost, and its undo', async () => {
    const reminderAt = '2026-11-02T08:00:00Z';
    const task = await newTask(manager, { status: 'completed', reminderAt, dueDate: reminderAt });
    const wasTold = 'update task set reminded_at = reminder_at, overdue_told_at = due_date where id = $1';
    await inDatabase(app, wasTold, [task.id]);
    const ticket = fine(await manager.post<{ id: string }>('/api/tickets', { issue: 'Closed', state: 'closed' }));
    const won = await newOpportunity(manager, { stage: 'closed_won', actualCloseDate: '2026-01-02' });
    const lost = await newOpportunity(manager, { stage: 'closed_lost', lostReason: 'Price' });
    const [open, other] = [await newOpportunity(manager), await newOpportunity(manager, { stage: 'proposal' })];
    const twice = await newOpportunity(manager, { stage: 'closed_won', orderIdHouse: 'H-1', name: 'Twice moved' });
    // More than are managed at once.
    const many = Array.from({ length: 24 }, (_, n) => n + 2);
    for (const n of many) await newOpportunity(manager, { orderIdHouse: `H-${n}`, name: `Moved ${n}` });
    const told = (): Promise<object[]> => inDatabase(app, `select name, count(*)::int as n from outbox_event
      where name in ('crm.opportunity.won', 'crm.opportunity.lost', 'crm.opportunity.stage-changed')
      group by name order by name`);
    const before = await allRows(app);
    const jobs: Job[] = [];
    for (const [path, ids, fields] of [
      ['/api/crm/tasks', [task.id], { status: 'todo', reminderAt: '2199-01-01', dueDate: '2199-01-02' }],
      ['/api/tickets', [ticket.id], { state: 'open' }],
      ['/api/opportunities', [won.id, lost.id, other.id], { stage: 'negotiation' }],
      ['/api/opportunities', [open.id], { stage: 'closed_won' }],
    ] as const) {
      const job = fine(await manager.post<Job>(`${path}/bulk`, { action: 'update', ids, fields }));
      jobs.push(await jobIs(manager, job.id, 'completed', 'failed'));
      expect([path, jobs.at(-1)!.counts]).toEqual([path, { updated: ids.length }]);
    }
    const file = `Opportunity name,House order id,Stage\nTwice moved,H-1,Qualified\nTwice moved,H-1,Closed won\n${
      many.map(n => `Moved ${n},H-${n},Negotiation\n`).join('')}`;
    jobs.push(await ran(manager, await newImport(manager, 'opportunity', file)));
    expect(jobs.at(-1)!.counts).toEqual({ updated: 2 + many.length });
    const events = await told();
    expect(await allRows(app)).not.toEqual(before);
    for (const job of jobs.reverse()) {
      fine(await manager.post(`/api/jobs/${job.id}/undo`));
      const { counts } = await jobIs(manager, job.id, 'completed', 'failed');
      const { items } = fine(await manager.get<{ items: object[] }>(`/api/jobs/${job.id}/errors`));
      expect([counts, items]).toEqual([{ undone: job.total }, []]);
    }
    expect(await allRows(app)).toEqual(before);
    expect(await told()).toEqual(events);
    const stays = await manager.get<{ items: object[] }>(`/api/opportunities/${twice.id}/stage-history`);
    expect(fine(stays).items).toHaveLength(1);
  });
});
