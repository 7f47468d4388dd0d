import { Context } from '@temporalio/activity';
import { readerOf } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import { systemActor } from '../../platform/system-actor.ts';
import { run } from '../../platform/verb.ts';
import { scoreAtNight } from './scoring-verbs.ts';

/** The scheduled run over every tenant: each whose night has come is scored, by a process of its own. */
export async function scoreEveryTenant(): Promise<{ started: number }> {
  const context = Context.current();
  let started = 0;
  const tenants = await readerOf('').rows<{ id: string }>(
    sql`select id from tenant where not settings ? 'seeding' order by id`,
  );
  for (const { id } of tenants) {
    if ((await run(scoreAtNight, {}, { actor: systemActor(id) })).runId) started += 1;
    context.heartbeat();
    context.cancellationSignal.throwIfAborted();
  }
  return { started };
}
