import { randomUUID } from 'node:crypto';
import type { Instance } from '../../domain/approvals/instance.ts';
import type { Phase } from '../../domain/pov/phase.ts';
import type { Pov } from '../../domain/pov/pov.ts';
import type { Answer, Client } from './client.ts';

/** What people were told has been done: it must be there afterwards, once. */
export interface Acknowledged {
  povs: string[];
  completed: string[];
  /** Answers that no fault explains. */
  unexpected: string[];
}

/** Somebody signed in at each API. */
export type Person = readonly Client[];
export interface Team {
  manager: Person;
  sales: Person;
  sales2: Person;
  ids: { sales: string; sales2: string };
}

/**
 * One POV from its creation to its first approved phase, as an integrator does it through faults: each write carries
 * a key and is sent again, to either API, until somebody answers; or is sent `once`, where no fault is allowed.
 */
export async function livePov(
  team: Team,
  title: string,
  told: Acknowledged,
  { once = false }: { once?: boolean } = {},
): Promise<void> {
  const send = sender(told, once);
  const dates = { startDate: '2026-11-24T09:00:00.000Z', endDate: '2027-01-13T09:00:00.000Z' };
  const made = await send<{ data: Pov }>(team.manager, 'post', '/api/povs', { title, ...dates });
  if (!made) return;
  const { id } = made.body.data;
  told.povs.push(id);
  const join = (userId: string, role: string) =>
    send(team.manager, 'post', `/api/povs/${id}/team/members`, { userId, role });
  await join(team.ids.sales, 'PROJECT_MANAGER');
  await join(team.ids.sales2, 'SALES_ENGINEER');
  await send(team.manager, 'post', `/api/povs/${id}/transitions`, { to: 'IN_PROGRESS' });
  const phases = await send<{ items: Phase[] }>(team.manager, 'get', `/api/povs/${id}/phases`);
  const phase = phases?.body.items[0];
  if (!phase) return;
  const round = await send<Instance>(team.manager, 'post', `/api/povs/${id}/phases/${phase.id}/submit`, {});
  if (!round) return;
  for (const person of [team.sales, team.sales2])
    if (!(await send(person, 'post', `/api/workflows/instances/${round.body.id}/approve`, {}))) return;
  told.completed.push(phase.id);
}

type Method = 'get' | 'post';

/** Sends until it is answered; faults that pass are no answer. Undefined when it was refused. */
const sender =
  (told: Acknowledged, once: boolean) =>
  async <T = unknown>(who: Person, method: Method, path: string, body?: unknown): Promise<Answer<T> | undefined> => {
    const headers = { 'Idempotency-Key': randomUUID() };
    for (let attempt = 0; ; attempt += 1) {
      const at = who[attempt % who.length]!;
      const asked = method === 'get' ? at.get<T>(path) : at.post<T>(path, body, headers);
      const answer = await asked.catch(() => null);
      if (!once && (!answer || answer.status === 503)) {
        await new Promise(resolve => setTimeout(resolve, 50));
        continue;
      }
      if (answer && answer.status < 300) return answer;
      told.unexpected.push(`${method} ${path}: ${answer?.status ?? 'no answer'} ${JSON.stringify(answer?.body)}`);
      return undefined;
    }
  };
