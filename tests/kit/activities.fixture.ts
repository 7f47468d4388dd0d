import type { Interaction } from '../../domain/crm/activity/interaction.ts';
import type { Task } from '../../domain/crm/activity/task.ts';
import type { Notification } from '../../domain/platform/notification.ts';
import type { Client } from './client.ts';
import type { Listed } from './pov.fixture.ts';

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
