import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Contact } from '../../../domain/crm/contact.ts';
import type { EventView } from '../../../domain/platform/event.contract.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import {
  newAccount, newContact, newInteraction, newOpportunity, newTask, withAccountTypes, withStages,
} from '../../kit/crm.fixture.ts';
import { Heard } from '../../kit/live/heard.ts';
import { newImport, ran } from '../../kit/job/jobs.fixture.ts';
import type { Listed } from '../../kit/pov.fixture.ts';

let app: App, admin: Client, manager: Client, owner: Client, other: Client;
beforeAll(async () => {
  app = await bootApp({ frozen: false });
  await withAccountTypes(app.tenant.id);
  await withStages(app.tenant.id);
  [admin, manager] = [await app.as('admin'), await app.as('manager')];
  [owner, other] = [await app.as('sales'), await app.as('sales2')];
});
afterAll(() => app?.stop());

const fine = ({ status, body }: { status: number; body: unknown }): void => {
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
};

/** All that happens to a customer of the owner, by the owner and by a manager: the records that it is told of. */
async function customerLife(accountName: string): Promise<string[]> {
  const account = await newAccount(owner, { accountName });
  const at = { accountId: account.id };
  const contact = await newContact(owner, { ...at, lastName: randomUUID() });
  const twin = await newContact(owner, { ...at, lastName: randomUUID() });
  const deal = await newOpportunity(owner, at);
  const task = await newTask(owner, at);
  const [note, meeting] = [
    await newInteraction(owner, { ...at, type: 'note', subject: 'Confidential' }),
    await newInteraction(owner, { contactId: contact.id, type: 'meeting', subject: 'Signing' }),
  ];
  fine(await owner.patch(`/api/accounts/${account.id}`, { industry: 'Rail' }));
  fine(await owner.patch(`/api/opportunities/${deal.id}`, { stage: 'proposal' }));
  fine(await owner.post(`/api/crm/tasks/${task.id}/comments`, { body: 'Nearly there' }));
  const merge = await manager.post<{ mergeId: string }>('/api/contacts/merge', {
    survivorId: contact.id, mergedIds: [twin.id],
  });
  fine(merge);
  fine(await manager.post(`/api/merges/${merge.body.mergeId}/undo`, {}));
  const file = `First name,Last name,Account\nIna,${randomUUID()},${accountName}\n`;
  expect((await ran(manager, await newImport(manager, 'contact', file))).counts).toEqual({ created: 1 });
  fine(await manager.delete(`/api/crm/interactions/${note.id}`));
  const { items } = (await owner.get<Listed<Contact>>(`/api/contacts?filter[accountId]=${account.id}`)).body;
  expect(items).toHaveLength(3);
  return [...new Set([account, ...items, deal, task, note, meeting].map(row => row.id))];
}

it('[PLT-066] what happens to the customers of one salesperson is told to them, to another not a word', async () => {
  const [mine, theirs] = [await Heard.open(app.url, owner), await Heard.open(app.url, other)];
  const accountName = `Customer ${randomUUID()}`;
  const ids = await customerLife(accountName);
  const subject = `Last ${randomUUID()}`;
  for (const { userId } of [owner, other])
    fine(await admin.post('/api/notifications', { userId, subject, body: 'Hello' }));
  const isLast = (e: EventView): boolean => e.payload['subject'] === subject;
  await until('both have heard what came last', async () => [mine, theirs].every(h => h.events.some(isLast)), 60_000);

  const heard = mine.events.filter(e => ids.includes(e.entityId));
  expect(ids.filter(id => !heard.some(e => e.entityId === id))).toEqual([]);
  const names = [...new Set(heard.map(e => e.name))];
  expect(names).toEqual(expect.arrayContaining([
    'crm.account.created', 'crm.account.changed', 'crm.contact.created', 'crm.contact.deleted', 'crm.contact.restored',
    'crm.contact.merged', 'crm.contact.unmerged', 'crm.opportunity.created', 'crm.task.created',
    'crm.interaction.created', 'crm.interaction.deleted',
  ]));

  expect(theirs.events.filter(e => !isLast(e)).map(e => [e.name, e.summary])).toEqual([]);
  const again = async (query: string): Promise<EventView[]> =>
    (await other.get<{ items: EventView[] }>(`/api/events?limit=500${query}`)).body.items
      // The defaults of the tenant are for all to read.
      .filter(e => !/^crm\.(account-type|opportunity-stage)\./.test(e.name));
  for (const query of ['', '&newest=true', '&name=crm.*', ...ids.map(id => `&storyId=${id}`)])
    expect([query, (await again(query)).filter(e => !isLast(e)).map(e => e.name)]).toEqual([query, []]);
  expect(JSON.stringify(theirs.events)).not.toContain(accountName);

  // From the moment on that it is theirs they hear of it.
  fine(await manager.patch(`/api/accounts/${ids[0]!}`, { accountOwner: other.userId }));
  fine(await manager.patch(`/api/accounts/${ids[0]!}`, { industry: 'Ships' }));
  await until('the new owner hears', async () =>
    theirs.events.some(e => e.name === 'crm.account.changed' && e.entityId === ids[0]), 60_000);
  for (const stream of [mine, theirs]) stream.close();
});
