import { Account } from '../../../db/crm/account.entity.ts';
import { Enrichment, EnrichmentSource } from '../../../db/crm/enrichment/enrichment.entity.ts';
import { accounts } from '../../../domain/crm/account.ts';
import { enrichedDomain, whyNotEnrich } from '../../../domain/crm/enrichment/enrichment.ts';
import { enrichment, enrichmentAsked } from '../../../domain/crm/enrichment/enrichment.contract.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { ById } from '../../../domain/platform/id.ts';
import { restartProcess, startProcess } from '../../platform/process/start-process.ts';
import { verb, type VerbContext } from '../../platform/verb.ts';
import { claimRow } from '../claim-row.ts';

/** Asks what is known of an account (CRM-010); while that runs, it is that one, started anew where it was ended. */
export const askEnrichment = verb(
  { name: 'ask-enrichment', needs: 'account:update', input: ById, output: ById },
  async (ctx, { id: accountId }) => {
    const { em } = ctx;
    const account = await claimRow(ctx, { record: accounts, entity: Account }, accountId);
    const title = `Look up ${account.accountName}`;
    const running = await em.findOne(Enrichment, { accountId, status: 'running', deletedAt: null });
    if (running && !(await isOver(ctx, running.id))) return { id: running.id };
    if (running) {
      await restartProcess(ctx, enrichment, running.id, { title });
      ctx.emit(enrichmentAsked, { enrichmentId: running.id, accountId, domain: running.domain });
      return { id: running.id };
    }
    const source = await em.findOne(EnrichmentSource, { active: true, deletedAt: null });
    const domain = enrichedDomain(account);
    const whyNot = whyNotEnrich({ source: source !== null, domain });
    if (whyNot) throw new Refusal('conflict', whyNot);
    const { id } = em.create(Enrichment, { id: ctx.id(), accountId, domain: domain!, source: source!.name });
    await startProcess(ctx, enrichment, id, { title, ownerId: ctx.actor.userId });
    ctx.emit(enrichmentAsked, { enrichmentId: id, accountId, domain: domain! });
    return { id };
  },
);

/** Whether an administrator ended its process, or the engine did. */
async function isOver({ em }: VerbContext, id: string): Promise<boolean> {
  const rows = await em.execute<unknown[]>(
    `select 1 from process where workflow_id = ? and status in ('closed', 'failed')`, [enrichment.id(id)],
  );
  return rows.length > 0;
}
