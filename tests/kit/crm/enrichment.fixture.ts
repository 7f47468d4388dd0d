import type { Enrichment } from '../../../domain/crm/enrichment/enrichment.contract.ts';
import { until } from '../app.ts';
import type { Client } from '../client.ts';
import type { CompanyStub } from '../../stubs/company-register.ts';

const sourcePath = '/api/admin/enrichment-source';
/** Says that companies are looked up there. */
export async function withSource(
  admin: Client, stub: Pick<CompanyStub, 'url' | 'key'>, more: object = {},
): Promise<void> {
  const body = { name: 'Register', url: stub.url, apiKey: stub.key, ...more };
  const answer = await admin.put(sourcePath, body);
  if (answer.status !== 200) throw new Error(`No source: ${JSON.stringify(answer.body)}`);
}

export const enrichmentOf = async (by: Client, accountId: string): Promise<Enrichment> =>
  (await by.get<Enrichment>(`/api/accounts/${accountId}/enrichment`)).body;

/** Asks, and waits until it is known what came of it. */
export async function enriched(by: Client, accountId: string): Promise<Enrichment & { id: string }> {
  const { status, body } = await by.post<{ id: string }>(`/api/accounts/${accountId}/enrich`);
  if (status !== 202) throw new Error(`Not asked: ${JSON.stringify(body)}`);
  await until('it is known', async () => (await enrichmentOf(by, accountId)).last!.status !== 'running', 60_000);
  return { ...(await enrichmentOf(by, accountId)), id: body.id };
}
