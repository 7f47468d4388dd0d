import { z } from 'zod';
import type { Position, Plan, ProcessContract } from '../../../domain/platform/process.ts';
import { iso } from '../../../domain/platform/process.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { readClock } from '../clock/read-clock.ts';
import { verb, type Verb, type VerbContext } from '../verb.ts';

const input = z.object({ entityId: z.uuid(), runId: z.string().optional() });
type Look<S extends { do: string }> = Verb<typeof input, z.ZodType<Position<S>, Position<S>>>;

/**
 * The first and only step of a process that reads: locks clock (share) and stream, reads the position after that,
 * asks the pure rule what comes next, writes the `process` row. A late look of an older run overwrites nothing.
 */
export function look<State, S extends { do: string }>(
  contract: Pick<ProcessContract, 'type' | 'id'>,
  load: (ctx: VerbContext, entityId: string, now: number) => Promise<State>,
  plan: (state: State, now: number) => Plan<S>,
): Look<S> {
  return verb(
    { name: `look-at-${contract.type}`, needs: 'process', quiet: true, input, output: z.custom<Position<S>>() },
    async (ctx, { entityId, runId }) => {
      const { machineMs: _, ...clock } = await readClock(ctx.em, 'for share');
      const now = Math.max(ctx.now, clock.frozenAt ?? 0);
      // The time is that at which the lock was had: what is recorded in this stream from now on is later.
      const [stream] = await ctx.em.execute<{ seq: string; at: number }[]>(
        `select seq, extract(epoch from clock_timestamp())::float8 * 1000 as at
         from (select seq from stream where entity_id = ? for update) locked`,
        [entityId],
      );
      if (!stream) throw notFound();
      const seq = Number(stream.seq);
      const next = plan(await load(ctx, entityId, now), now);
      await project(ctx, contract.id(entityId), next, { seq, now, runId });
      return { seq, readAt: stream.at, plan: next, clock };
    },
  );
}

async function project(
  { em }: VerbContext,
  workflowId: string,
  plan: Plan,
  at: { seq: number; now: number; runId: string | undefined },
): Promise<void> {
  const status = plan.closed ? 'closed' : plan.step ? 'running' : 'waiting';
  await em.execute(
    `update process set status = ?, stage = ?, waiting_for = ?::jsonb, future = ?::jsonb, result = ?,
     next_wake_at = ?, seen_seq = ?, owner_id = coalesce(?, owner_id), run_id = coalesce(?, run_id),
     stuck_reason = null, updated_at = now(),
     closed_at = case when ? = 'closed' then coalesce(closed_at, ?::timestamptz) end
     where workflow_id = ? and seen_seq <= ?`,
    [
      status,
      plan.stage,
      plan.waitingFor && JSON.stringify(plan.waitingFor),
      JSON.stringify(plan.future),
      plan.closed,
      plan.wakeAt === null || plan.closed ? null : iso(plan.wakeAt),
      at.seq,
      plan.ownerId,
      at.runId ?? null,
      status,
      iso(at.now),
      workflowId,
      at.seq,
    ],
    'run',
  );
}
