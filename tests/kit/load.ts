import { randomUUID } from 'node:crypto';
import type { Instance } from '../../domain/approvals/instance.ts';
import type { Phase } from '../../domain/pov/phase.ts';
import type { Pov } from '../../domain/pov/pov.ts';
import { until } from './app.ts';
import type { Answer, Client } from './client.ts';

/** Counts what happens, and lets somebody wait until it has happened so many times more. */
export class Counter {
  #happened = 0;
  #waiting: { until: number; go: () => void }[] = [];

  tick(): void {
    this.#happened += 1;
    const due = this.#waiting.filter(w => w.until <= this.#happened);
    this.#waiting = this.#waiting.filter(w => !due.includes(w));
    for (const { go } of due) go();
  }
  more(times: number): Promise<void> {
    return new Promise(go => {
      this.#waiting.push({ until: this.#happened + times, go });
    });
  }
}

/** What people were told has been done: it must be there afterwards, once. */
export interface Acknowledged {
  povs: string[];
  completed: string[];
  /** Records of CRM by their table, each made and changed once. */
  records: Record<string, string[]>;
  /** Tasks that their assignee is reminded of. */
  reminded: string[];
  /** Answers that no fault explains. */
  unexpected: string[];
  answered: Counter;
  /** Also what was not answered. */
  tried: Counter;
}
export const nothingYet = (): Acknowledged => ({
  ...{ povs: [], completed: [], records: {}, reminded: [], unexpected: [] },
  ...{ answered: new Counter(), tried: new Counter() },
});

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

type Method = 'get' | 'post' | 'patch';

/**
 * Sends until it is answered, to one API after the other; when none of them could, once one says that it is ready.
 * Undefined when it was refused.
 */
export const sender =
  (told: Acknowledged, once = false) =>
  async <T = unknown>(who: Person, method: Method, path: string, body?: unknown): Promise<Answer<T> | undefined> => {
    const headers = { 'Idempotency-Key': randomUUID() };
    for (let attempt = 0; ; attempt += 1) {
      if (attempt > 0 && attempt % who.length === 0) await until('an API is ready', () => anyReady(who, told), 120_000);
      const at = who[attempt % who.length]!;
      const asked = method === 'get' ? at.get<T>(path) : at[method]<T>(path, body, headers);
      const answer = await asked.catch(() => null);
      told.tried.tick();
      if (!once && (!answer || answer.status === 503)) continue;
      told.answered.tick();
      if (answer && answer.status < 300) return answer;
      told.unexpected.push(`${method} ${path}: ${answer?.status ?? 'no answer'} ${JSON.stringify(answer?.body)}`);
      return undefined;
    }
  };

/** Whoever asks at the same moment is told the same answer: many who ask would keep the APIs from getting ready. */
let asking: Promise<boolean> | undefined;
async function anyReady(who: Person, told: Acknowledged): Promise<boolean> {
  asking ??= Promise.all(who.map(at => at.get('/api/health/ready').catch(() => null)))
    .then(answers => answers.some(a => a?.status === 200))
    .finally(() => (asking = undefined));
  const ready = await asking;
  told.tried.tick();
  return ready;
}
