import { randomUUID } from 'node:crypto';
import { seedAccountTypes } from '../../activities/crm/seed-account-types.ts';
import { seedOpportunityStages } from '../../activities/crm/seed-opportunity-stages.ts';
import { systemActor } from '../../activities/platform/system-actor.ts';
import { run } from '../../activities/platform/verb.ts';
import type { Interaction } from '../../domain/crm/activity/interaction.ts';
import type { Task } from '../../domain/crm/activity/task.ts';
import type { Account } from '../../domain/crm/account.ts';
import type { Contact } from '../../domain/crm/contact.ts';
import type { Opportunity } from '../../domain/crm/opportunity.ts';
import type { Notification } from '../../domain/platform/notification.ts';
import type { Client } from './client.ts';
import type { Listed } from './pov.fixture.ts';

/** What every tenant has from the start. */
export const withAccountTypes = (tenantId: string): Promise<object> =>
  run(seedAccountTypes, {}, { actor: systemActor(tenantId) });
export const withStages = (tenantId: string): Promise<object> =>
  run(seedOpportunityStages, {}, { actor: systemActor(tenantId) });

export async function newAccount(by: Client, more: object = {}): Promise<Account> {
  const body = { accountName: `Account ${randomUUID()}`, accountType: 'Customer', ...more };
  const answer = await by.post<Account>('/api/accounts?force=true', body);
  if (answer.status !== 201) throw new Error(`No account: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export async function newContact(by: Client, more: object = {}): Promise<Contact> {
  const answer = await by.post<Contact>('/api/contacts?force=true', { firstName: 'Jane', lastName: 'Doe', ...more });
  if (answer.status !== 201) throw new Error(`No contact: ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export async function newOpportunity(by: Client, more: object = {}): Promise<Opportunity> {
  const answer = await by.post<Opportunity>('/api/opportunities', { name: `Deal ${randomUUID()}`, ...more });
  if (answer.status !== 201) throw new Error(`No opportunity: ${JSON.stringify(answer.body)}`);
  return answer.body;
}
async function made<T>(by: Client, path: string, body: object): Promise<T> {
  const answer = await by.post<T>(path, body);
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
}

export const newTask = (by: Client, more: object = {}): Promise<Task> =>
  made(by, '/api/crm/tasks', { title: 'Send the offer', ...more });

export const newInteraction = (by: Client, more: object = {}): Promise<Interaction> =>
  made(by, '/api/crm/interactions', { type: 'call', subject: 'First call', ...more });

/** What somebody was told of a task, oldest first: by template. */
export async function toldOf(by: Client, taskId: string): Promise<(string | null)[]> {
  const { body } = await by.get<Listed<Notification>>('/api/notifications?pageSize=100');
  return body.items.filter(n => n.referenceId === taskId).map(n => n.templateId).reverse();
}
