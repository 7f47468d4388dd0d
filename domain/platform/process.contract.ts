import { z } from 'zod';
import { endpoint } from './contract.ts';
import { ListQuery, listOf } from './list.ts';
import { FutureEntry, ProcessStatus, ProcessSummary, ProcessView } from './process.ts';

const ByType = z.object({ type: z.string().max(60) });
const ByWorkflowId = z.object({ workflowId: z.string().max(120) });

export const ProcessStarted = z
  .object({
    workflowId: z.string(),
    runId: z.string().nullable(),
    status: ProcessStatus,
    links: z.object({ self: z.string(), temporal: z.string() }),
  })
  .meta({ id: 'ProcessStarted' });

export const ProcessType = z
  .object({
    type: z.string(),
    summary: z.string(),
    entityType: z.string(),
    signals: z.array(z.object({ name: z.string(), summary: z.string() })),
    updates: z.array(z.object({ name: z.string(), summary: z.string() })),
    startInput: z.unknown(),
  })
  .meta({ id: 'ProcessType' });

/** Processes of every kind, for integrators and ops (PLT-052). */
export const processEndpoints = {
  types: endpoint({
    method: 'GET',
    path: '/api/process-types',
    needs: 'signed-in',
    summary: 'The kinds of process, their inputs and commands',
    returns: z.object({ items: z.array(ProcessType) }),
  }),
  list: endpoint({
    method: 'GET',
    path: '/api/processes',
    needs: 'signed-in',
    summary: 'Processes the caller may see',
    query: ListQuery.extend({
      type: z.string().optional(),
      status: z.string().optional(),
      entityId: z.string().optional(),
    }),
    returns: listOf(ProcessSummary),
  }),
  read: endpoint({
    method: 'GET',
    path: '/api/processes/:workflowId',
    needs: 'signed-in',
    summary: 'What a process waits for, its past and its future',
    params: ByWorkflowId,
    returns: ProcessView,
  }),
  start: endpoint({
    method: 'POST',
    path: '/api/processes/:type',
    needs: 'signed-in',
    status: 202,
    summary: 'Start a process; its input is the one of its type',
    params: ByType,
    body: z.record(z.string(), z.unknown()),
    returns: ProcessStarted,
  }),
  simulate: endpoint({
    method: 'POST',
    path: '/api/processes/:type/simulate',
    needs: 'signed-in',
    summary: 'What would happen, without starting anything',
    params: ByType,
    body: z.record(z.string(), z.unknown()),
    returns: z.object({ future: z.array(FutureEntry) }),
  }),
  signal: endpoint({
    method: 'POST',
    path: '/api/processes/:workflowId/signals/:name',
    needs: 'signed-in',
    summary: 'Send a command to a process: the same as the area’s own endpoint',
    params: ByWorkflowId.extend({ name: z.string().max(60) }),
    body: z.record(z.string(), z.unknown()),
    returns: z.unknown(),
  }),
  update: endpoint({
    method: 'POST',
    path: '/api/processes/:workflowId/updates/:name',
    needs: 'signed-in',
    summary: 'Put a process on hold or resume it; 503 while the engine is away: send it again with the same key',
    params: ByWorkflowId.extend({ name: z.string().max(60) }),
    body: z.record(z.string(), z.unknown()),
    returns: ProcessView,
  }),
  drift: endpoint({
    method: 'POST',
    path: '/api/admin/processes/reconcile',
    needs: 'process:reconcile',
    summary: 'Compare database and engine; restart what was lost',
    body: z.object({
      repair: z.boolean().default(false),
      cursor: z.string().max(120).optional().meta({ description: 'The `nextCursor` of the page before' }),
      limit: z.int().min(1).max(500).default(500),
    }),
    returns: z.object({
      checked: z.int(),
      drift: z.array(
        z.object({
          workflowId: z.string(),
          database: z.string(),
          engine: z.string(),
          repaired: z.boolean(),
          difference: z.string().optional().meta({ description: 'What they see differently, where both have it open' }),
          problem: z.string().optional().meta({ description: 'Why it could not be compared or repaired' }),
        }),
      ),
      unanswered: z
        .int()
        .optional()
        .meta({ description: 'How many workflows did not say where they stand, as while no worker runs' }),
      nextCursor: z.string().nullable(),
    }),
  }),
};
