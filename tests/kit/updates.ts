import { randomUUID } from 'node:crypto';
import type { ProcessView } from '../../domain/platform/process.ts';
import type { Answer, Client, ProblemBody } from './client.ts';

export type Updated = Answer<ProcessView & Omit<ProblemBody, 'status'>>;
export interface Update {
  what: 'hold' | 'resume' | 'nothing';
  body?: object;
  key?: string;
}

export const updateOnce = (by: Client, workflowId: string, { what, body = {}, key = randomUUID() }: Update) =>
  by.post<Updated['body']>(`/api/processes/${workflowId}/updates/${what}`, body, { 'Idempotency-Key': key });

/** As an integrator does: who hears that the engine takes too long asks again, with the same key. */
export async function update(by: Client, workflowId: string, asked: Update): Promise<Updated> {
  const key = asked.key ?? randomUUID();
  for (;;) {
    const answer = await updateOnce(by, workflowId, { ...asked, key });
    if (answer.status !== 503) return answer;
  }
}
