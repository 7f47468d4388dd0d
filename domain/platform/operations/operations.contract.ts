import { z } from 'zod';
import { Instant } from '../clock.ts';
import { endpoint } from '../contract.ts';
import { line } from '../field.ts';
import { Id } from '../id.ts';
import { ProcessStatus } from '../process.ts';

const Count = z.int().min(0);

/** How the machinery of a tenant stands, in figures and in what asks for a person. */
export const Operations = z
  .object({
    processes: z
      .array(z.object({ type: z.string(), status: ProcessStatus, count: Count, stuck: Count }))
      .meta({ description: 'How many processes of each type stand in each state' }),
    engine: z.enum(['ok', 'away']),
    temporalUrl: z.string().meta({ description: 'The page of the engine’s own that lists its workflows' }),
    relay: z.object({
      waiting: Count.meta({ description: 'Events that are on their way to the processes they tell' }),
      oldestSeconds: z.number().min(0).meta({ description: 'Age of the oldest of them' }),
      dead: Count.meta({ description: 'Events that were refused too often: nobody is told of them any more' }),
    }),
    deadEvents: z
      .array(
        z.object({
          id: z.int(),
          name: z.string(),
          summary: z.string(),
          entityId: Id,
          at: Instant,
          attempts: Count,
          problem: z.string().nullable(),
          tells: z.array(z.string()).meta({ description: 'The workflow ids that were not told' }),
        }),
      )
      .meta({ description: 'The newest fifty' }),
    rejectedInputs: z
      .array(z.object({ id: z.int(), workflowId: z.string(), name: z.string(), at: Instant, count: z.int() }))
      .meta({ description: 'Messages that came past the API and decided nothing; the newest fifty' }),
  })
  .meta({ id: 'Operations' });
export type Operations = z.output<typeof Operations>;

export const TerminateProcess = z
  .object({ reason: line(500).meta({ description: 'Kept with the process and in the audit log' }) })
  .meta({ id: 'TerminateProcess' });

const path = '/api/admin/processes/:workflowId';
const steering = {
  method: 'POST',
  needs: 'process:steer',
  params: z.object({ workflowId: z.string().max(120) }),
  returns: z.object({ workflowId: z.string(), status: ProcessStatus }),
} as const;

/** What operators see and do (PLT-044). */
export const operationsEndpoints = {
  read: endpoint({
    method: 'GET',
    path: '/api/admin/operations',
    needs: 'process:reconcile',
    returns: Operations,
    summary: 'Processes by type and state, the relay’s lag, what could not be delivered',
  }),
  retry: endpoint({
    ...steering,
    path: `${path}/retry`,
    summary: 'Start a failed process again from the database, or let a stuck one try at once',
  }),
  resend: endpoint({
    method: 'POST',
    path: '/api/admin/events/:eventId/redelivery',
    needs: 'process:steer',
    params: z.object({ eventId: z.string().max(60) }),
    returns: z.object({ id: z.int() }),
    summary: 'Send an event again that was refused too often',
  }),
  terminate: endpoint({
    ...steering,
    path: `${path}/termination`,
    body: TerminateProcess,
    summary: 'End the execution of a process; it stays ended until it is retried or something new happens to it',
  }),
};
