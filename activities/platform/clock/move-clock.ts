import { z } from 'zod';
import { Operation, TenantClock } from '../../../db/platform/plumbing.entity.ts';
import { Tenant } from '../../../db/platform/tenant.entity.ts';
import { tenantNow } from '../../../domain/platform/clock.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { iso } from '../../../domain/platform/process.ts';
import { ClockView, clockMoved } from '../../../domain/platform/sandbox.contract.ts';
import { lockClock } from './read-clock.ts';
import { openProcesses } from '../process/open-processes.ts';
import { verb, type VerbContext } from '../verb.ts';

/** Only sandbox tenants have a clock that moves. */
export async function assertSandbox({ em, tenantId }: VerbContext): Promise<void> {
  const tenant = await em.findOneOrFail(Tenant, { id: tenantId });
  if (!tenant.sandbox) throw new Refusal('conflict', 'Only sandbox tenants have a clock that can be moved');
}

/** An advance knows how the clock stood before it and leaves it so: nobody else may move it meanwhile. */
export async function assertClockIsFree({ em }: VerbContext): Promise<void> {
  const running = await em.findOne(Operation, { type: 'clock-advance', status: 'running' });
  if (!running) return;
  const details = { reason: 'clock-is-moving', operationId: running.id };
  throw new Refusal('conflict', 'The clock is being moved; wait until it has arrived', details);
}

/**
 * Sets the clock: to an instant, standing still or running from there. From frozen to frozen only the processes due by
 * then hear of it; otherwise every open one, because their timers change.
 */
export const moveClock = verb(
  {
    name: 'move-clock',
    needs: 'sandbox-clock:move',
    output: ClockView,
    input: z.object({ toMs: z.number().optional(), frozen: z.boolean() }),
  },
  async (ctx, { toMs, frozen }) => {
    await assertSandbox(ctx);
    const { em, tenantId } = ctx;
    const old = await lockClock(em, tenantId);
    if (ctx.actor.kind === 'user') await assertClockIsFree(ctx);
    const before = tenantNow(old, old.machineMs);
    // A running clock may have passed the instant meanwhile; it never goes back.
    const now = Math.max(toMs ?? before, before);
    const clock = await em.findOneOrFail(TenantClock, { tenantId });
    clock.frozenAt = frozen ? new Date(now) : null;
    clock.offsetMs = now - old.machineMs;
    clock.version = old.version + 1;
    const narrow = old.frozenAt !== null && frozen;
    ctx.emit(clockMoved, {
      tenantId,
      now: iso(now),
      frozen,
      processes: await openProcesses(em, narrow ? now : undefined),
    });
    return { now: iso(now), frozen };
  },
);
