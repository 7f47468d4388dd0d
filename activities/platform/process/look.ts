import { z } from 'zod';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import type { Hold, Position, Plan, ProcessContract } from '../../../domain/platform/process.ts';
import { iso } from '../../../domain/platform/process.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { heldPlan } from '../../../domain/platform/operations/process-hold.ts';
import { terminated } from '../../../domain/platform/operations/process-steering.ts';
import { readClock } from '../clock/read-clock.ts';
import { actOnPlan, type Acts } from './act.ts';
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
 * asks the pure rule what comes next, writes the `process` row. A late look of an older run overwrites nothing, nor
 * does one of a run that an administrator has ended meanwhile.
 * Where it is given the verbs of the steps, it first does those that are due.
 */
export function look<State, S extends { do: string }>(
  contract: Pick<ProcessContract, 'type' | 'id'>,
  load: (ctx: VerbContext, entityId: string, now: number) => Promise<State>,
  plan: (state: State, now: number) => Plan<S>,
  acts?: Acts<S>,
): Look<S> {
  return verb(
    { name: `look-at-${contract.type}`, needs: 'process', quiet: true, input, output: z.custom<Position<S>>() },
    async (ctx, { entityId, runId, workflowId = contract.id(entityId) }) => {
      // Started past the API under another name: an entity has one process.
      if (workflowId !== contract.id(entityId)) throw notFound();
      const { machineMs: _, ...clock } = await readClock(ctx.em, 'for share');
      const now = Math.max(ctx.now, clock.frozenAt ?? 0);
      const planned = async (): Promise<{ hold: Hold | null; plan: Plan<S> }> => {
        const [hold, state] = await Promise.all([holdOf(ctx, workflowId, now), load(ctx, entityId, now)]);
        return { hold, plan: hold ? heldPlan(plan(state, 0), hold, await zoneOf(ctx)) : plan(state, now) };
      };
      if (acts) await actOnPlan(ctx, acts, async () => (await planned()).plan);
      // The time is that at which the lock was had: what is recorded in this stream from now on is later.
      const [stream] = await transactionOf(ctx.em).send<{ seq: string; at: number }>(
        `select seq, extract(epoch from clock_timestamp())::float8 * 1000 as at
         from (select seq from stream where entity_id = $1 for update) locked`,
        [entityId],
      );
      if (!stream) throw notFound();
      const seq = Number(stream.seq);
      const { hold, plan: next } = await planned();
      project(ctx, workflowId, next, { seq, now, runId, hold });
      return { seq, readAt: stream.at, plan: next, clock, hold };
    },
  );
}

const zoneOf = async ({ em, tenantId }: VerbContext): Promise<string> =>
  (await em.execute<{ zone: string }[]>('select time_zone as zone from tenant where id = ?', [tenantId]))[0]!.zone;

function project(
  { em }: VerbContext,
  workflowId: string,
  plan: Plan,
  at: { seq: number; now: number; runId: string | undefined; hold: Hold | null },
): void {
  const status = plan.closed ? 'closed' : plan.step ? 'running' : 'waiting';
  transactionOf(em).behind(
    `update process set status = $1::varchar, stage = $2, waiting_for = $3::jsonb, future = $4::jsonb, result = $5,
     next_wake_at = $6, seen_seq = $7, owner_id = coalesce($8, owner_id), run_id = coalesce($9, run_id),
     stuck_reason = null, hold = $12::jsonb, updated_at = now(),
     closed_at = case when $1::varchar = 'closed' then coalesce(closed_at, $10::timestamptz) end,
     title = coalesce($13, title)
     where workflow_id = $11 and seen_seq <= $7 and (result is distinct from $14 or run_id is distinct from $9)`,
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
      iso(at.now),
      workflowId,
      at.hold && !plan.closed ? JSON.stringify(at.hold) : null,
      plan.title?.slice(0, 300) ?? null,
      terminated,
    ],
  );
}
