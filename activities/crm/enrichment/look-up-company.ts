import { ApplicationFailure } from '@temporalio/common';
import { enrichmentSource } from '../../../db/crm/enrichment/enrichment.query.ts';
import { readerOf } from '../../../db/platform/reader.ts';
import { addressFor, foundIn } from '../../../domain/crm/enrichment/enrichment.ts';
import type { EnrichmentStatus } from '../../../domain/crm/enrichment/enrichment.contract.ts';
import { secrets } from '../../platform/secret-box.ts';
import { systemActor } from '../../platform/system-actor.ts';
import { run } from '../../platform/verb.ts';
import { askCompanyService } from './company-lookup.client.ts';
import { sourceKeyContext } from './keep-source.ts';
import { beginEnrichment, keepFound, noteEnrichmentTry } from './note-enrichment.ts';

/**
 * Asks the service and keeps what it says, once; throws where it is to be asked again, or for good where that would
 * not help. Asked twice after a crash it says the same: nothing there is changed by it.
 */
export async function lookUpCompany(
  { tenantId, enrichmentId }: { tenantId: string; enrichmentId: string },
): Promise<EnrichmentStatus> {
  const caller = { actor: systemActor(tenantId) };
  const { status, domain } = await run(beginEnrichment, { enrichmentId }, caller);
  if (status !== 'running') return status;
  const source = await enrichmentSource(readerOf(tenantId));
  if (!source?.active) throw ApplicationFailure.nonRetryable('There is no service to ask any more', 'no-source');
  const key = secrets().open(source.secretCipher, sourceKeyContext(tenantId));
  const said = await askCompanyService(addressFor(source.url, domain), key);
  if (said.is === 'problem' && !said.passes) throw ApplicationFailure.nonRetryable(said.problem, 'enrichment-refused');
  if (said.is === 'problem') {
    await run(noteEnrichmentTry, { enrichmentId, problem: said.problem }, caller);
    const { problem: message, afterMs } = said;
    const later = afterMs ? { nextRetryDelay: afterMs } : {};
    throw ApplicationFailure.create({ message, type: 'enrichment-away', ...later });
  }
  const found = said.is === 'known' ? foundIn(said.answer, source.fields) : {};
  return (await run(keepFound, { enrichmentId, found }, caller)).status;
}
