import { Context } from '@temporalio/activity';
import { z } from 'zod';
import { orm } from '../../../db/platform/orm.ts';
import { Tenant } from '../../../db/platform/tenant.entity.ts';
import { iso } from '../../../domain/platform/process.ts';
import { writeAudit } from '../audit.ts';
import { systemActor } from '../system-actor.ts';
import { run, verb } from '../verb.ts';
import { batch, dayMs } from './batch.ts';

/** Moves a batch of audit rows past the tenant's retention to the archive; a row of the log says how many (PLT-063). */
export const archiveAudit = verb(
  {
    name: 'archive-audit',
    needs: 'process',
    quiet: true,
    input: z.object({}),
    output: z.object({ archived: z.int() }),
  },
  async ({ em, tenantId, actor, now }) => {
    const { settings } = await em.findOneOrFail(Tenant, { id: tenantId });
    const days = settings['auditRetentionDays'];
    if (typeof days !== 'number') return { archived: 0 };
    const before = iso(now - days * dayMs);
    const [row] = await em.execute<{ archived: number }[]>('select archive_audit(?::timestamptz, ?) as archived', [
      before,
      batch,
    ]);
    const { archived } = row!;
    const said = { archived, before };
    if (archived > 0)
      writeAudit(em, { verbName: 'archive-audit', caller: { actor }, now }, [
        { action: 'DELETE', tableName: 'audit_log', recordId: null, oldValues: null, newValues: said },
      ]);
    return { archived };
  },
);

/** The scheduled run over every tenant; each batch commits by itself, so that an attempt goes on from there. */
export async function archiveAllAudits(): Promise<{ archived: number }> {
  const context = Context.current();
  let all = 0;
  const tenants = await orm().em.fork().execute<{ id: string }[]>(
    `select id from tenant where settings->>'auditRetentionDays' is not null order by id`,
  );
  for (const { id } of tenants) {
    let archived: number;
    do {
      ({ archived } = await run(archiveAudit, {}, { actor: systemActor(id) }));
      all += archived;
      context.heartbeat();
      context.cancellationSignal.throwIfAborted();
    } while (archived === batch);
  }
  return { archived: all };
}
