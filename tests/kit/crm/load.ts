import type { Account } from '../../../domain/crm/account.ts';
import type { Contact } from '../../../domain/crm/contact.ts';
import type { Opportunity } from '../../../domain/crm/opportunity.ts';
import type { Task } from '../../../domain/crm/activity/task.ts';
import { sender, type Acknowledged, type Team } from '../load.ts';

const soonMs = 2_000;
const lists = ['/api/accounts', '/api/contacts', '/api/opportunities', '/api/crm/tasks', '/api/povs?limit=20'];

/**
 * A customer through faults: an account, somebody there, what may be sold, and a call that the seller is reminded of,
 * each changed once; then the lists in which they stand. The tenant has account types and stages.
 */
export async function liveCustomer(team: Team, name: string, told: Acknowledged): Promise<void> {
  const send = sender(told);
  async function lived<T extends { id: string }>(
    table: string, path: string, fields: object, change: object,
  ): Promise<string | undefined> {
    const made = await send<T>(team.manager, 'post', path, fields);
    if (!made) return undefined;
    const { id } = made.body;
    (told.records[table] ??= []).push(id);
    await send<T>(team.manager, 'patch', `${path.split('?')[0]}/${id}`, change);
    return id;
  }
  const accountId = await lived<Account>(
    'account', '/api/accounts?force=true', { accountName: name, accountType: 'Customer' }, { industry: 'Rail' },
  );
  if (!accountId) return;
  await lived<Contact>(
    'contact', '/api/contacts?force=true', { firstName: 'Kari', lastName: name, accountId }, { firstName: 'Karin' },
  );
  await lived<Opportunity>('opportunity', '/api/opportunities', { name, accountId }, { name: `${name} again` });
  const reminderAt = new Date(Date.now() + soonMs).toISOString();
  const taskId = await lived<Task>(
    'task', '/api/crm/tasks', { title: `Call ${name}`, accountId, reminderAt }, { priority: 'high' },
  );
  if (taskId) told.reminded.push(taskId);
  for (const path of lists) await send(team.manager, 'get', path);
}
