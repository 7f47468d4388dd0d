import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { Account } from '../../../db/crm/account.entity.ts';
import { Enrichment, EnrichmentProposal } from '../../../db/crm/enrichment/enrichment.entity.ts';
import { enrichedFields, newlyFound } from '../../../domain/crm/enrichment/enrichment.ts';
import {
  enrichment, enrichmentSettled, enrichmentStatuses,
} from '../../../domain/crm/enrichment/enrichment.contract.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { showProcedure } from '../../platform/process/show-procedure.ts';
import { noteTaken } from '../../platform/process/start-process.ts';
import { verb, type VerbContext } from '../../platform/verb.ts';

const ofEnrichment = z.object({ enrichmentId: Id });
const Status = z.object({ status: z.enum(enrichmentStatuses) });
const forMe = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
async function locked({ em }: VerbContext, id: string): Promise<Enrichment> {
  const found = await em.findOne(Enrichment, { id, deletedAt: null }, forMe);
  if (!found) throw notFound();
  return found;
}

/** Where it stands before the service is asked. */
export const beginEnrichment = verb(
  {
    name: 'begin-enrichment', needs: 'process', input: ofEnrichment, quiet: true,
    output: Status.extend({ domain: z.string() }),
  },
  async (ctx, { enrichmentId }) => {
    const { status, domain } = await locked(ctx, enrichmentId);
    await noteTaken(ctx, enrichment.id(enrichmentId));
    return { status, domain };
  },
);

/** Says why the service is asked again later. */
export const noteEnrichmentTry = verb(
  {
    name: 'note-enrichment-try', needs: 'process', output: z.null(),
    input: ofEnrichment.extend({ problem: z.string() }),
  },
  async (ctx, { enrichmentId, problem }) => {
    const asked = await locked(ctx, enrichmentId);
    const cut = problem.slice(0, 500);
    if (asked.status !== 'running' || asked.problem === cut) return null;
    asked.problem = cut;
    await shows(ctx, asked);
    return null;
  },
);

/** Keeps what was found, once, as proposals; what earlier looks found and nobody decided is replaced by it. */
export const keepFound = verb(
  {
    name: 'keep-found', needs: 'process', output: Status,
    input: ofEnrichment.extend({ found: z.partialRecord(z.enum(enrichedFields), z.string()) }),
  },
  async (ctx, { enrichmentId, found }) => {
    const { em } = ctx;
    const asked = await locked(ctx, enrichmentId);
    if (asked.status !== 'running') return { status: asked.status };
    const { accountId } = asked;
    const account = await em.findOne(Account, { id: accountId, deletedAt: null }, forMe);
    const before = await em.find(EnrichmentProposal, { accountId, status: 'open', deletedAt: null }, forMe);
    for (const proposal of before) proposal.status = 'replaced';
    const values = account ? newlyFound(account, found) : [];
    for (const value of values) em.create(EnrichmentProposal, { id: ctx.id(), enrichmentId, accountId, ...value });
    await settle(ctx, asked, { status: values.length ? 'found' : 'nothing', problem: null, proposals: values.length });
    return { status: asked.status };
  },
);

/** Gives up, and says why: what the service refused, or what the last try met. */
export const failEnrichment = verb(
  {
    name: 'fail-enrichment', needs: 'process', output: Status,
    input: ofEnrichment.extend({ problem: z.string().nullable() }),
  },
  async (ctx, { enrichmentId, problem }) => {
    const asked = await locked(ctx, enrichmentId);
    if (asked.status !== 'running') return { status: asked.status };
    const last = `It was given up after an hour${asked.problem ? `: ${asked.problem}` : ''}`;
    await settle(ctx, asked, { status: 'failed', problem: (problem ?? last).slice(0, 500), proposals: 0 });
    return { status: asked.status };
  },
);

async function settle(
  ctx: VerbContext, asked: Enrichment,
  { proposals, status, problem }: Pick<Enrichment, 'status'> & { problem: string | null; proposals: number },
): Promise<void> {
  Object.assign(asked, { status, problem, finishedAt: new Date(ctx.now) });
  const { id: enrichmentId, accountId, domain } = asked;
  ctx.emit(enrichmentSettled, { enrichmentId, accountId, domain, status, proposals });
  await shows(ctx, asked);
}

const shows = (ctx: VerbContext, { id, status, problem, source, createdAt }: Enrichment): Promise<void> =>
  showProcedure(ctx, enrichment.id(id), {
    status, problem: problem ?? null, open: status === 'running',
    wait: {
      what: `Waiting for ${source} to say what it knows`, on: source, since: +createdAt, then: 'it is asked again',
    },
  });
