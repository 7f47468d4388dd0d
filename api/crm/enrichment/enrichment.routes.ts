import { askEnrichment } from '../../../activities/crm/enrichment/ask-enrichment.ts';
import { acceptProposals, dismissProposals } from '../../../activities/crm/enrichment/decide-proposals.ts';
import {
  keepEnrichmentSource, removeEnrichmentSource, sourceKeyContext,
} from '../../../activities/crm/enrichment/keep-source.ts';
import { secrets } from '../../../activities/platform/secret-box.ts';
import { enrichmentRows, enrichmentSource } from '../../../db/crm/enrichment/enrichment.query.ts';
import type { Reader } from '../../../db/platform/reader.ts';
import { accounts } from '../../../domain/crm/account.ts';
import { enrichedDomain, newlyFound, whyNotEnrich, whyNotValue } from '../../../domain/crm/enrichment/enrichment.ts';
import {
  enrichment, enrichmentEndpoints, type Enrichment, type EnrichmentSource,
} from '../../../domain/crm/enrichment/enrichment.contract.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { assertOutside } from '../../platform/webhook/outside-address.ts';
import { serve } from '../../platform/serve.ts';
import { steer } from '../../platform/steer.ts';
import { proveReadable } from '../prove-readable.ts';

/** What the account holds now stands beside what was found; what it holds already is no proposal any more. */
async function shown(read: Reader, accountId: string): Promise<Enrichment> {
  const rows = await enrichmentRows(read, accountId);
  if (!rows) throw notFound();
  const { account, hasSource, last, proposals } = rows;
  return {
    version: account.version, last,
    whyNot: whyNotEnrich({ source: hasSource, domain: enrichedDomain(account) }),
    proposals: proposals.flatMap(proposal =>
      newlyFound(account, { [proposal.field]: proposal.found })
        .map(value => ({ ...proposal, ...value, whyNot: whyNotValue(value.field, value.found) }))),
  };
}

/** Its key is shown to nobody. */
async function sourceShown(read: Reader): Promise<EnrichmentSource | null> {
  const row = await enrichmentSource(read);
  if (!row) return null;
  const { name, url, fields, active, updatedAt } = row;
  return { name, url, fields, active, updatedAt };
}

export const enrichmentRoutes = serve(enrichmentEndpoints, {
  ask: ({ run, params }) => run(askEnrichment, params),
  read: async ({ read, actor, params: { id } }) => {
    await proveReadable(read, accounts, actor, id);
    return shown(read, id);
  },
  accept: async ({ run, read, params: { id }, body }) => {
    await run(acceptProposals, { ...body, id });
    return shown(read, id);
  },
  dismiss: async ({ run, read, params: { id }, body }) => {
    await run(dismissProposals, { ...body, id });
    return shown(read, id);
  },
  source: async ({ read }) => ({ source: await sourceShown(read) }),
  keepSource: async ({ run, read, actor, body: { apiKey, ...about }, services: { config } }) => {
    assertOutside(about.url, 'url', config);
    const sealed = apiKey && { secretCipher: secrets().seal(apiKey, sourceKeyContext(actor.tenantId)) };
    await run(keepEnrichmentSource, { ...about, ...sealed });
    return (await sourceShown(read))!;
  },
  removeSource: async ({ run }) => {
    await run(removeEnrichmentSource, {});
    return {};
  },
});

/** Who may change the account may ask; it has no commands. */
export const enrichmentSteering = steer(enrichment, {
  start: async ({ run, body }) => ({ entityId: (await run(askEnrichment, { id: body.accountId })).id }),
  signals: {},
});
