import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { EnrichmentSource } from '../../../db/crm/enrichment/enrichment.entity.ts';
import { KeepEnrichmentSource } from '../../../domain/crm/enrichment/enrichment.contract.ts';
import { invalidField, notFound } from '../../../domain/platform/errors.ts';
import { verb, type VerbContext } from '../../platform/verb.ts';

/** The cipher text of a key is good in its tenant alone. */
export const sourceKeyContext = (tenantId: string): string => `enrichment source ${tenantId}`;

/** The one of the tenant, for this transaction alone; changes of it wait for each other, also of the first one. */
async function lockedSource({ em, tenantId }: VerbContext): Promise<EnrichmentSource | null> {
  await em.execute(`select pg_advisory_xact_lock(hashtextextended('enrichment-source ' || ?, 0))`, [tenantId]);
  return em.findOne(EnrichmentSource, { deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
}

/** Which service is asked about companies; a key goes to the host that it was given for, and to no other. */
export const keepEnrichmentSource = verb(
  {
    name: 'keep-enrichment-source', needs: 'enrichment-source:update', output: z.object({}),
    input: KeepEnrichmentSource.omit({ apiKey: true }).extend({ secretCipher: z.string().max(2000).optional() }),
  },
  async (ctx, { secretCipher: given, ...about }) => {
    const kept = await lockedSource(ctx);
    const sameHost = kept && URL.canParse(kept.url) && new URL(kept.url).origin === new URL(about.url).origin;
    const secretCipher = given ?? (sameHost ? kept.secretCipher : undefined);
    if (secretCipher === undefined)
      throw invalidField('apiKey', kept ? 'is needed for another host' : 'is required', 'required');
    if (kept) Object.assign(kept, about, { secretCipher });
    else ctx.em.create(EnrichmentSource, { id: ctx.id(), ...about, secretCipher });
    return {};
  },
);

export const removeEnrichmentSource = verb(
  { name: 'remove-enrichment-source', needs: 'enrichment-source:update', input: z.object({}), output: z.object({}) },
  async ctx => {
    const kept = await lockedSource(ctx);
    if (!kept) throw notFound();
    Object.assign(kept, { deletedAt: new Date(ctx.now), secretCipher: '', active: false });
    return {};
  },
);
