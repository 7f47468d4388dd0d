import { LockMode } from '@mikro-orm/core';
import { Contact } from '../../../db/crm/contact.entity.ts';
import { ScoringRun } from '../../../db/crm/scoring/scoring-run.entity.ts';
import { rulesInUse, type AskedRule } from '../../../db/crm/scoring/scoring.query.ts';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { compileSql } from '../../../db/platform/sql.ts';
import { leadScoring, scoringRequested, type ScoringCause } from '../../../domain/crm/scoring/scoring.contract.ts';
import { asksFields } from '../../../domain/crm/scoring/scoring-rule.ts';
import { startProcess } from '../../platform/process/start-process.ts';
import type { VerbContext } from '../../platform/verb.ts';

/** Has all contacts scored, or those of one account. A run that is on its way begins again, with all of both. */
export async function requestScoring(
  ctx: VerbContext, cause: ScoringCause, accountId: string | null = null,
): Promise<string> {
  const { em, tenantId } = ctx;
  await em.execute(`select pg_advisory_xact_lock(hashtextextended('lead-scoring ' || ?, 0))`, [tenantId]);
  const running = await em.findOne(
    ScoringRun, { status: 'running', deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  const of = running && running.accountId !== accountId ? null : accountId;
  const total = await em.count(Contact, { deletedAt: null, ...(of ? { accountId: of } : {}) });
  const run = running ?? em.create(ScoringRun, { id: ctx.id(), cause, total });
  Object.assign(run, { accountId: of, lastId: null, done: 0, total });
  await em.flush();
  if (!running)
    await startProcess(ctx, leadScoring, run.id, { title: 'Scoring of contacts', ownerId: ctx.actor.userId });
  ctx.emit(scoringRequested, { runId: run.id, done: 0, total });
  return run.id;
}

/** The same where a rule asks one of these fields, which contacts have of other records. */
export async function requestScoringFor(
  ctx: VerbContext, fields: readonly string[], accountId: string | null = null,
): Promise<void> {
  const { sql, parameters } = compileSql(rulesInUse);
  const rules = await transactionOf(ctx.em).send<AskedRule>(sql, parameters);
  if (rules.some(({ condition }) => asksFields(condition, fields))) await requestScoring(ctx, 'records', accountId);
}
