import { z } from 'zod';
import { Operation } from '../../../db/platform/plumbing.entity.ts';
import { tenantNow } from '../../../domain/platform/clock.ts';
import { spanMs } from '../../../domain/platform/duration.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { iso } from '../../../domain/platform/process.ts';
import {
  Advance,
  clockAdvance,
  clockAdvanceRequested,
  Operation as OperationShape,
} from '../../../domain/platform/sandbox.contract.ts';
import { assertClockIsFree, assertSandbox, moveClock } from './move-clock.ts';
import { lockClock, readClock } from './read-clock.ts';
import { noteTaken, startProcess } from '../process/start-process.ts';
import { verb, type VerbContext } from '../verb.ts';

const shown = (o: Operation): z.input<typeof OperationShape> => ({
  id: o.id,
  type: o.type,
  status: o.status as 'running',
  result: o.result ?? null,
  createdAt: o.createdAt.toISOString(),
  doneAt: o.doneAt?.toISOString() ?? null,
});

/** As far as the clock goes: instants that processes count from it keep a year of four digits. */
const clockEnd = Date.parse('2200-01-01T00:00:00Z');

/** Asks for the clock to be moved: an operation, carried out by the process `clockAdvance`; one at a time. */
export const advanceClock = verb(
  { name: 'advance-clock', needs: 'sandbox-clock:move', input: Advance, output: OperationShape },
  async (ctx, { to, by }) => {
    await assertSandbox(ctx);
    const clock = await lockClock(ctx.em, ctx.tenantId);
    await assertClockIsFree(ctx);
    const now = tenantNow(clock, clock.machineMs);
    const target = to === undefined ? now + spanMs(by!) : Date.parse(to);
    if (target < now) throw new Refusal('conflict', `The clock only moves forward; it is ${iso(now)}`);
    if (target >= clockEnd) throw tooFar(to === undefined ? '/by' : '/to');
    const operation = ctx.em.create(Operation, {
      id: ctx.id(),
      tenantId: ctx.tenantId,
      type: 'clock-advance',
      status: 'running',
      input: { to: iso(target), wasFrozen: clock.frozenAt !== null },
      createdBy: ctx.actor.userId,
      createdAt: new Date(),
      updatedAt: new Date(),
    });
    await startProcess(ctx, clockAdvance, operation.id, { title: `Clock to ${iso(target)}` });
    ctx.emit(clockAdvanceRequested, { operationId: operation.id, to: iso(target) });
    return shown(operation);
  },
);

const tooFar = (pointer: string): Refusal =>
  new Refusal('invalid', 'Validation failed', {
    fields: [{ pointer, code: 'invalid', message: 'must lie before the year 2200' }],
  });

const ofOperation = z.object({ operationId: z.uuid() });

/** One step: to the least due instant up to the target, or to the target itself, which is the last one. */
export const stepClock = verb(
  { name: 'step-clock', needs: 'process', input: ofOperation, output: z.object({ last: z.boolean() }) },
  async (ctx, { operationId }) => {
    const operation = await running(ctx, operationId);
    if (!operation) return { last: true };
    await noteTaken(ctx, clockAdvance.id(operationId));
    const target = Date.parse(operation.input['to'] as string);
    const [next] = await ctx.em.execute<{ at: string | null }[]>(
      `select (extract(epoch from min(next_wake_at)) * 1000)::bigint::text as at from process
       where status <> 'closed' and type <> 'clockAdvance'`,
    );
    const at = next?.at ? Number(next.at) : Infinity;
    const clock = await readClock(ctx.em);
    const now = tenantNow(clock, clock.machineMs);
    const last = at > target;
    await ctx.run(moveClock, {
      toMs: Math.max(now, Math.min(at, target)),
      frozen: !last || operation.input['wasFrozen'] === true,
    });
    return { last };
  },
);

export const finishAdvance = verb(
  {
    name: 'finish-advance',
    needs: 'process',
    input: ofOperation.extend({ busy: z.array(z.string()) }),
    output: z.null(),
  },
  async (ctx, { operationId, busy }) => {
    const operation = await running(ctx, operationId);
    if (!operation) return null;
    const clock = await readClock(ctx.em);
    // Given up on the way: the clock runs again if it ran before.
    if (clock.frozenAt !== null && operation.input['wasFrozen'] === false) await ctx.run(moveClock, { frozen: false });
    operation.status = busy.length ? 'failed' : 'done';
    const moved = await readClock(ctx.em);
    operation.result = busy.length ? { busy } : { now: iso(tenantNow(moved, moved.machineMs)) };
    operation.doneAt = new Date();
    await ctx.em.execute(
      `update process set status = 'closed', stage = 'done', result = ?, closed_at = ? where workflow_id = ?`,
      [operation.status, iso(ctx.now), clockAdvance.id(operationId)],
      'run',
    );
    return null;
  },
);

async function running({ em }: VerbContext, id: string): Promise<Operation | null> {
  const operation = await em.findOne(Operation, { id });
  if (!operation) throw notFound();
  return operation.status === 'running' ? operation : null;
}
