import { enrichedFields, type EnrichedField, type FieldPaths } from '../../../domain/crm/enrichment/enrichment.ts';
import type { Enrichment } from '../../../domain/crm/enrichment/enrichment.contract.ts';
import type { Reader } from '../../platform/reader.ts';
import { columnsOf, selected, sql } from '../../platform/sql.ts';

export interface SourceRow {
  name: string;
  url: string;
  fields: FieldPaths;
  active: boolean;
  secretCipher: string;
  updatedAt: string;
}
/** The service of the tenant, with its key as cipher text. */
export const enrichmentSource = (read: Reader): Promise<SourceRow | undefined> =>
  read.row<SourceRow>(sql`select name, url, fields, active, secret_cipher as "secretCipher", updated_at as "updatedAt"
    from enrichment_source where deleted_at is null`);

export interface OpenProposal {
  id: string;
  field: EnrichedField;
  found: string;
  source: string;
  foundAt: string;
}
export interface EnrichmentRows {
  account: Record<EnrichedField, string | null> & { version: number };
  hasSource: boolean;
  last: Enrichment['last'];
  proposals: OpenProposal[];
}

/** All that the page of an account shows of its enrichment, in one round trip. */
export async function enrichmentRows(read: Reader, accountId: string): Promise<EnrichmentRows | undefined> {
  const [[account], [source], [last], proposals] = (await read.each<unknown>([
    sql`select ${selected(columnsOf('a', [...enrichedFields, 'version']))} from account a
      where a.id = ${accountId} and a.deleted_at is null`,
    sql`select 1 as one from enrichment_source where active and deleted_at is null`,
    sql`select e.id, e.status, e.domain, e.source, e.problem, e.created_at as "createdAt",
        e.finished_at as "finishedAt" from enrichment e
      where e.account_id = ${accountId} and e.deleted_at is null order by e.created_at desc, e.id desc limit 1`,
    sql`select p.id, p.field, p.found, e.source, p.created_at as "foundAt"
      from enrichment_proposal p join enrichment e on e.id = p.enrichment_id
      where p.account_id = ${accountId} and p.status = 'open' and p.deleted_at is null order by p.id`,
  ])) as [[EnrichmentRows['account']?], [unknown?], [NonNullable<Enrichment['last']>?], OpenProposal[]];
  return account && { account, hasSource: source !== undefined, last: last ?? null, proposals };
}
