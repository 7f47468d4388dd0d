import { advanceClock } from '../../activities/platform/clock/advance-clock.ts';
import { moveClock } from '../../activities/platform/clock/move-clock.ts';
import type { Reader } from '../../db/platform/reader.ts';
import { sql } from '../../db/platform/sql.ts';
import { realClock, tenantNow } from '../../domain/platform/clock.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { iso } from '../../domain/platform/process.ts';
import { sandboxEndpoints } from '../../domain/platform/sandbox.contract.ts';
import { serve } from './serve.ts';

interface OperationRow {
  id: string;
  type: string;
  status: 'running' | 'done' | 'failed';
  result: Record<string, unknown> | null;
  createdAt: string;
  doneAt: string | null;
}

export const sandboxRoutes = serve(sandboxEndpoints, {
  clock: async ({ read }) => clockOf(read),
  freeze: async ({ body, run }) => run(moveClock, { frozen: body.frozen }),
  advance: async ({ body, run }) => run(advanceClock, body),
  operation: async ({ params, read }) => {
    const found =
      await read.row<OperationRow>(sql`select id, type, status, result, created_at as "createdAt", done_at as "doneAt"
      from operation where id = ${params.id}`);
    if (!found) throw notFound();
    return found;
  },
});

/** The tenant's time as its processes see it. */
export async function clockOf(read: Reader): Promise<{ now: string; frozen: boolean }> {
  const row = await read.row<{ machineMs: number; offsetMs: number | null; frozenAt: string | null }>(
    sql`select (extract(epoch from clock_timestamp()) * 1000)::bigint as "machineMs", offset_ms as "offsetMs",
      frozen_at as "frozenAt" from (select 1) one left join tenant_clock on true`,
  );
  const { machineMs, offsetMs, frozenAt } = row!;
  const clock = { ...realClock, offsetMs: offsetMs ?? 0, frozenAt: frozenAt === null ? null : Date.parse(frozenAt) };
  return { now: iso(tenantNow(clock, machineMs)), frozen: clock.frozenAt !== null };
}
