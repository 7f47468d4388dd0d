import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { Account } from '../../../db/crm/account.entity.ts';
import { EnrichmentProposal } from '../../../db/crm/enrichment/enrichment.entity.ts';
import { accounts } from '../../../domain/crm/account.ts';
import { enrichedFields, whyNotValue, type EnrichedField } from '../../../domain/crm/enrichment/enrichment.ts';
import { enrichmentDecided, enrichmentEndpoints } from '../../../domain/crm/enrichment/enrichment.contract.ts';
import { invalidField, Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { verb, type VerbContext } from '../../platform/verb.ts';
import { accountVerbs } from '../account-verbs.ts';
import { claimRow } from '../claim-row.ts';

const Decided = z.object({ fields: z.array(z.enum(enrichedFields)) });

/** Writes found values into the account, as if somebody had typed them. */
export const acceptProposals = verb(
  {
    name: 'accept-proposals', needs: 'account:update', output: Decided,
    input: enrichmentEndpoints.accept.body.extend({ id: Id }),
  },
  async (ctx, { id, fields, version }) => {
    const open = await claimOpen(ctx, id);
    const chosen = fields ? named(open, fields) : open.filter(p => whyNotValue(p.field, p.found) === null);
    if (!chosen.length) throw new Refusal('conflict', 'There is nothing to accept');
    const values = Object.fromEntries(chosen.map(p => [p.field, p.found]));
    await ctx.run(accountVerbs.patch, { id, fields: { ...values, ...(version ? { version } : {}) } });
    for (const proposal of chosen) proposal.status = 'accepted';
    const accepted = chosen.map(p => p.field);
    ctx.emit(enrichmentDecided, { accountId: id, accepted, dismissed: [] });
    return { fields: accepted };
  },
);

/** Leaves the account as it is. */
export const dismissProposals = verb(
  {
    name: 'dismiss-proposals', needs: 'account:update', output: Decided,
    input: enrichmentEndpoints.dismiss.body.extend({ id: Id }),
  },
  async (ctx, { id, fields }) => {
    const open = await claimOpen(ctx, id);
    const chosen = fields ? there(open, fields) : open;
    if (!chosen.length) throw new Refusal('conflict', 'There is nothing to dismiss');
    for (const proposal of chosen) proposal.status = 'dismissed';
    const dismissed = chosen.map(p => p.field);
    ctx.emit(enrichmentDecided, { accountId: id, accepted: [], dismissed });
    return { fields: dismissed };
  },
);

/** What is open of an account that the actor may change. */
async function claimOpen(ctx: VerbContext, accountId: string): Promise<EnrichmentProposal[]> {
  await claimRow(ctx, { record: accounts, entity: Account }, accountId);
  return ctx.em.find(
    EnrichmentProposal, { accountId, status: 'open', deletedAt: null },
    { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
  );
}

/** Those that are named; one that is not there is refused by its place. */
const there = (open: EnrichmentProposal[], fields: EnrichedField[]): EnrichmentProposal[] =>
  [...new Set(fields)].map((field, i) => {
    const proposal = open.find(p => p.field === field);
    if (!proposal) throw invalidField(`fields/${i}`, `Nothing is proposed for ${field}`, 'no-proposal');
    return proposal;
  });

const named = (open: EnrichmentProposal[], fields: EnrichedField[]): EnrichmentProposal[] =>
  there(open, fields).map((proposal, i) => {
    const why = whyNotValue(proposal.field, proposal.found);
    if (why) throw invalidField(`fields/${i}`, `${proposal.field} ${why}`, 'not-acceptable');
    return proposal;
  });
