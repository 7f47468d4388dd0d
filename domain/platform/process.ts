import { z } from 'zod';
import type { MessageContract, Needs, Shape } from './contract.ts';
import { Id } from './id.ts';
import type { Clock } from './clock.ts';
import { Instant } from './clock.ts';

/** All that a workflow is started with: everything else it reads from the database. */
export interface ProcessInput {
  v: 1;
  tenantId: string;
  entityId: string;
}

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
export function isProcessInput(given: unknown): given is ProcessInput {
  const { v, tenantId, entityId } = (given ?? {}) as Partial<Record<keyof ProcessInput, unknown>>;
  return v === 1 && [tenantId, entityId].every(id => typeof id === 'string' && uuid.test(id));
}

/** The one sentence and its parts, made together by `waiting`. Instants are ISO strings of the tenant's clock. */
export const WaitingFor = z
  .object({
    sentence: z.string().meta({ description: 'All the parts below in words' }),
    on: z.string().meta({ description: 'Who or what it waits for' }),
    since: Instant,
    due: Instant.nullable().meta({ description: 'Until when it should be done; null: there is no deadline' }),
    until: Instant.nullable().meta({ description: 'When something happens by itself, be it a reminder; null: never' }),
    then: z.string().meta({ description: 'What happens at `until`, or after the wait where `until` is null' }),
    /** Whether a person must act; otherwise a date or a machine. */
    person: z.boolean(),
  })
  .meta({ id: 'WaitingFor' });
export type WaitingFor = z.output<typeof WaitingFor>;

export const FutureEntry = z
  .object({
    at: Instant,
    what: z.string(),
    kind: z
      .enum(['timer', 'predicted', 'escalation'])
      .meta({ description: 'A set timer, a prediction, or what happens only if nobody acts' }),
  })
  .meta({ id: 'FutureEntry' });
export type FutureEntry = z.output<typeof FutureEntry>;

/** A process on hold: nothing is done because time passes; what people decide is taken and carried out. */
export const Hold = z
  .object({
    reason: z.string(),
    by: z.string(),
    byId: Id.nullable(),
    since: Instant,
    until: Instant.nullable().meta({ description: 'When it goes on by itself; null: when somebody resumes it' }),
  })
  .meta({ id: 'ProcessHold' });
export type Hold = z.output<typeof Hold>;

/** What comes next and why: the answer of each family's pure rule. Milliseconds of the tenant's clock. */
export interface Plan<S extends { do: string } = { do: string }> {
  /** To be done now, or nothing. */
  step: S | null;
  /** When to look again at the latest, if nothing happens before. */
  wakeAt: number | null;
  stage: string;
  waitingFor: WaitingFor | null;
  future: FutureEntry[];
  /** The result, once there is nothing left to do. */
  closed: string | null;
  needsHuman: boolean;
  ownerId: string | null;
  /** What its row is called from now on, where that can change. */
  title?: string;
  /** The record that it is about, where that is not the entity itself: ops search by it (APR-032). */
  referenceId?: string;
}

/** What the look of a process gives to its loop. */
export interface Position<S extends { do: string } = { do: string }> {
  seq: number;
  /** When it was read: milliseconds of the database's own clock. Looks recorded long ago do not say. */
  readAt?: number;
  plan: Plan<S>;
  clock: Clock;
  hold: Hold | null;
}

export const processStatuses = ['starting', 'waiting', 'running', 'closed', 'failed'] as const;
export const ProcessStatus = z.enum(processStatuses);

export const TimelineEntry = z
  .object({
    at: Instant,
    what: z.string(),
    by: z.string().nullable(),
    event: z.string(),
    position: z.int().nullable(),
  })
  .meta({ id: 'TimelineEntry' });

export const ProcessSummary = z
  .object({
    workflowId: z.string(),
    type: z.string(),
    title: z.string(),
    status: ProcessStatus,
    stage: z.string().nullable(),
    entity: z.object({ type: z.string(), id: Id }),
    waitingFor: WaitingFor.nullable(),
    stuck: z.string().nullable().meta({ description: 'Why its next step is refused; it tries again by itself' }),
    result: z
      .string()
      .nullable()
      .meta({ description: 'How it ended; `terminated` while an administrator holds it ended' }),
    hold: Hold.nullable().meta({ description: 'Who put it on hold, why and until when' }),
    nextWakeAt: Instant.nullable(),
    startedAt: Instant,
    closedAt: Instant.nullable(),
    temporalUrl: z
      .string()
      .meta({ description: 'Its page in the Temporal UI; only the path where TEMPORAL_UI_URL is not set' }),
    future: z.array(FutureEntry).meta({ description: 'What is still to come, soonest first; in lists the next few' }),
  })
  .meta({ id: 'ProcessSummary' });
export type ProcessSummary = z.output<typeof ProcessSummary>;

export const ProcessView = ProcessSummary.extend({
  runId: z.string().nullable(),
  timeline: z.array(TimelineEntry),
  allowedCommands: z.array(
    z.object({
      name: z.string(),
      summary: z.string(),
      kind: z
        .enum(['signal', 'update'])
        .meta({ description: 'Where it is sent: below `signals` or `updates` of the process' }),
      whyNot: z.string().nullable(),
    }),
  ),
  rejectedInputs: z.array(
    z.object({ name: z.string(), at: Instant, count: z.int().meta({ description: 'How many came at once' }) }),
  ),
}).meta({ id: 'ProcessView' });
export type ProcessView = z.output<typeof ProcessView>;

export interface ProcessContract<
  S extends Shape = Shape,
  M extends Record<string, MessageContract<Shape>> = Record<string, MessageContract<Shape>>,
> {
  /** The Temporal workflow type, and `:type` in URLs. */
  type: string;
  entityType: string;
  summary: string;
  /** The workflow id: a function of the entity, unique across tenants because uuids are. */
  id(entityId: string): string;
  /** Records that its entity refers to, each by a column of the entity's table: their changes can tell it. */
  refersTo?: Readonly<Record<string, string>>;
  /** Who may see it, as for the area's own endpoint. */
  reads: Needs;
  start: { needs: Needs; body: S };
  signals: M;
  /** Commands whose outcome only the process knows: those of watchers. */
  updates?: Record<string, MessageContract<Shape>>;
}
/** Declares a process: ids, rights and the commands integrators may send (PLT-052). */
export const processContract = <S extends Shape, M extends Record<string, MessageContract<Shape>>>(
  p: ProcessContract<S, M>,
): ProcessContract<S, M> => p;

export const iso = (ms: number): string => new Date(ms).toISOString();
