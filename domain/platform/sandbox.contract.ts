import { z } from 'zod';
import { Instant } from './clock.ts';
import { endpoint, event } from './contract.ts';
import { durationMs } from './duration.ts';
import { ById, Id } from './id.ts';
import { processContract } from './process.ts';

export const ClockView = z.object({ now: Instant, frozen: z.boolean() }).meta({ id: 'Clock' });
export const Operation = z
  .object({
    id: Id,
    type: z.string(),
    status: z.enum(['running', 'done', 'failed']),
    result: z.record(z.string(), z.unknown()).nullable(),
    createdAt: Instant,
    doneAt: Instant.nullable(),
  })
  .meta({ id: 'Operation' });

const By = z
  .union([
    z
      .number()
      .positive()
      .max(10 * 366 * 86_400),
    z.string().refine(s => durationMs(s) !== null, 'must be an ISO 8601 duration such as P3D or PT4H'),
  ])
  .meta({ description: 'Seconds, or an ISO 8601 duration', example: 'P3D' });

/** Forward only: `to` an instant, or `by` a duration. */
export const Advance = z
  .object({ to: Instant.optional(), by: By.optional() })
  .refine(a => (a.to === undefined) !== (a.by === undefined), { message: 'give either to or by', path: ['to'] })
  .meta({ example: { by: 'P3D' } });

/** Moving a sandbox tenant's clock; its processes follow. */
export const sandboxEndpoints = {
  clock: endpoint({
    method: 'GET',
    path: '/api/sandbox/clock',
    needs: 'signed-in',
    summary: 'The tenant’s time',
    returns: ClockView,
  }),
  freeze: endpoint({
    method: 'PUT',
    path: '/api/sandbox/clock',
    needs: 'sandbox-clock:move',
    summary: 'Let the sandbox clock stand still or run',
    body: z.object({ frozen: z.boolean() }),
    returns: ClockView,
  }),
  advance: endpoint({
    method: 'POST',
    path: '/api/sandbox/clock/advance',
    needs: 'sandbox-clock:move',
    status: 202,
    summary: 'Move the sandbox clock forward; done when every process due by then has settled',
    body: Advance,
    returns: Operation,
  }),
  operation: endpoint({
    method: 'GET',
    path: '/api/operations/:id',
    needs: 'signed-in',
    summary: 'State of a longer work',
    params: ById,
    returns: Operation,
  }),
};

export const clockAdvance = processContract({
  type: 'clockAdvance',
  entityType: 'operation',
  summary: 'Moves a sandbox clock step by step, waiting until all has settled',
  id: operationId => `clock-advance-${operationId}`,
  reads: 'sandbox-clock:move',
  start: { needs: 'sandbox-clock:move', body: Advance },
  signals: {},
});

const told = z.object({ type: z.string(), entityId: Id });
/** The tenant's clock was moved: processes due by then look again. */
export const clockMoved = event({
  name: 'platform.clock.moved',
  payload: z.object({ tenantId: Id, now: Instant, frozen: z.boolean(), processes: z.array(told) }),
  hides: ['processes'],
  entity: p => p.tenantId,
  tells: p => p.processes,
  says: p => `moved the clock to ${p.now}`,
});
export const clockAdvanceRequested = event({
  name: 'platform.clock.advance-requested',
  payload: z.object({ operationId: Id, to: Instant }),
  entity: p => p.operationId,
  tells: p => [{ type: 'clockAdvance', entityId: p.operationId }],
  says: p => `asked to move the clock to ${p.to}`,
});
