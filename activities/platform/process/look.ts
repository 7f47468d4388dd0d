import { z } from 'zod';
import type { Hold, Position, Plan, ProcessContract } from '../../../domain/platform/process.ts';
import { iso } from '../../../domain/platform/process.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { heldPlan } from '../../../domain/platform/process-hold.ts';
import { readClock } from '../clock/read-clock.ts';
import { holdOf } from './hold-of.ts';
import { verb, type Verb, type VerbContext } from '../verb.ts';

const input = z.object({
  entityId: z.uuid(),
  runId: z.string().optional(),
  workflowId: z.string().optional().meta({ description: 'Of the workflow that asks' }),
});
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
    async (ctx, { entityId, runId, workflowId = contract.id(entityId) }) => {
      // Started past the API under another name: an entity has one process.
      if (workflowId !== contract.id(entityId)) throw notFound();
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
      const hold = await holdOf(ctx, workflowId, now);
      const state = await load(ctx, entityId, now);
      const next = hold ? heldPlan(plan(state, 0), hold, await zoneOf(ctx)) : plan(state, now);
      await project(ctx, workflowId, next, { seq, now, runId, hold });
      return { seq, readAt: stream.at, plan: next, clock, hold };
    },
  );
}

const zoneOf = async ({ em, tenantId }: VerbContext): Promise<string> =>
  (await em.execute<{ zone: string }[]>('select time_zone as zone from tenant where id = ?', [tenantId]))[0]!.zone;

async function project(
  { em }: VerbContext,
  workflowId: string,
  plan: Plan,
  at: { seq: number; now: number; runId: string | undefined; hold: Hold | null },
): Promise<void> {
  const status = plan.closed ? 'closed' : plan.step ? 'running' : 'waiting';
  await em.execute(
    `update process set status = ?, stage = ?, waiting_for = ?::jsonb, future = ?::jsonb, result = ?,
     next_wake_at = ?, seen_seq = ?, owner_id = coalesce(?, owner_id), run_id = coalesce(?, run_id),
     stuck_reason = null, hold = ?::jsonb, updated_at = now(),
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
      at.hold && !plan.closed ? JSON.stringify(at.hold) : null,
      status,
      iso(at.now),
      workflowId,
      at.seq,
    ],
    'run',
  );
}
