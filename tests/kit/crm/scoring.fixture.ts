import type { ScoringCondition, ScoringRule } from '../../../domain/crm/scoring/scoring-rule.ts';
import type { ScoringRun } from '../../../domain/crm/scoring/scoring.contract.ts';
import { until } from '../until.ts';
import type { Client } from '../client.ts';

export const rulesPath = '/api/crm/scoring-rules';

export async function newRule(by: Client, points: number, condition: object, more: object = {}): Promise<ScoringRule> {
  const answer = await by.post<ScoringRule>(rulesPath, { name: `Rule of ${points}`, points, condition, ...more });
  if (answer.status !== 201) throw new Error(`No rule: ${JSON.stringify(answer.body)}`);
  return answer.body;
}
export const ofField = (field: string, op: string, value: unknown): object =>
  ({ kind: 'fields', where: { field, op, value } });
export const ofInteractions = (more: Partial<Extract<ScoringCondition, { kind: 'interactions' }>> = {}): object =>
  ({ kind: 'interactions', ...more });

/** The newest run over all contacts, once none is on its way. */
export async function scored(by: Client): Promise<ScoringRun> {
  const latest = async (): Promise<ScoringRun> =>
    (await by.get<{ items: ScoringRun[] }>('/api/crm/scoring-runs')).body.items[0]!;
  await until('all are scored', async () => (await latest()).status === 'done', 60_000);
  return latest();
}
