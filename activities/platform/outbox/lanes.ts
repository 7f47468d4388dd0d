import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import type { Client } from '@temporalio/client';
import { deliveryAttemptsMax } from '../../../db/platform/delivery.ts';
import { readerOf } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import { signalName } from '../../../domain/platform/contract.ts';
import type { ProcessInput } from '../../../domain/platform/process.ts';
import { reasonOf, wake } from '../engine.ts';
import { log } from '../log.ts';
import { startAttributes } from '../process/search-attributes.ts';
import { leavesTheHouse, takeOver } from '../process/take-over.ts';
import { span } from '../tracing/tracing.ts';

interface Told {
  workflowId: string;
  type: string;
  entityId: string;
  seq: number;
  title?: string;
  /** It was closed and is open again. */
  again?: boolean;
}
export interface Undelivered {
  id: string;
  tenant_id: string;
  name: string;
  tells: Told[];
  attempts: number;
  /** When it was recorded: milliseconds of the database's own clock. */
  at: number;
  /** Of the request that caused it. */
  traceparent: string | null;
}
interface Waiting {
  row: Undelivered;
  told: Told;
  delivered: () => void;
}
interface Lane {
  waiting: Waiting[];
  busy: boolean;
}

export interface LaneOptions {
  client: Client;
  taskQueue: string;
}

const batchMax = 200,
  tellLimitMs = 5000,
  /** Requests come first: what they record is told so many at a time, however much there is to tell. */
  callsMax = 16;

/** Each told process has its own lane: order inside, side by side otherwise. */
export class Lanes {
  readonly #options: LaneOptions;
  readonly #alive: () => boolean;
  readonly #wake: () => void;
  readonly #lanes = new Map<string, Lane>();
  readonly #queued = new Set<string>();
  readonly #stop = new AbortController();
  readonly #draining = new Set<Promise<void>>();
  readonly #calls = new Turns(callsMax);
  #done: string[] = [];
  #refused: { row: Undelivered; problem: string }[] = [];

  constructor(options: LaneOptions, alive: () => boolean, wake: () => void) {
    this.#options = options;
    this.#alive = alive;
    this.#wake = wake;
  }

  add(row: Undelivered): void {
    if (this.#queued.has(row.id)) return;
    this.#queued.add(row.id);
    const sent = row.tells.map(
      told =>
        new Promise<void>(delivered => {
          const lane = this.#lanes.get(told.workflowId) ?? { waiting: [], busy: false };
          this.#lanes.set(told.workflowId, lane);
          lane.waiting.push({ row, told, delivered });
          this.#start(told.workflowId, lane);
        }),
    );
    void Promise.all(sent).then(() => {
      this.#done.push(row.id);
      this.#wake();
    });
  }

  async markDelivered(db: pg.Client): Promise<void> {
    const marked = this.#done;
    this.#done = [];
    if (!marked.length) return;
    await db.query('update outbox_event set delivered_at = clock_timestamp() where id = any($1::bigint[])', [marked]);
    for (const id of marked) this.#queued.delete(id);
  }

  async noteRefusals(db: pg.Client): Promise<void> {
    const noted = this.#refused;
    this.#refused = [];
    if (!noted.length) return;
    await db.query(
      `update outbox_event e set attempts = n.attempts, problem = n.problem
       from unnest($1::bigint[], $2::int[], $3::text[]) as n (id, attempts, problem) where e.id = n.id`,
      [noted.map(n => n.row.id), noted.map(n => n.row.attempts), noted.map(n => n.problem)],
    );
    // A dead letter whose attempts somebody sets to none is read, and told, again.
    for (const { row } of noted) if (isDead(row)) this.#queued.delete(row.id);
  }

  /** Ends the calls under way: nobody may be told by a relay that no longer leads. */
  async close(): Promise<void> {
    this.#stop.abort();
    await Promise.allSettled(this.#draining);
  }

  #start(key: string, lane: Lane): void {
    if (lane.busy) return;
    const draining = this.#drain(key, lane).finally(() => this.#draining.delete(draining));
    this.#draining.add(draining);
  }

  async #drain(key: string, lane: Lane): Promise<void> {
    lane.busy = true;
    for (let waitMs = 50; lane.waiting.length && this.#alive();) {
      const batch = lane.waiting.slice(0, batchMax);
      try {
        await this.#calls.take(() => tell(this.#options, batch, this.#stop.signal));
        waitMs = 50;
      } catch (e) {
        if (!this.#alive()) break;
        if (isRefused(e)) this.#giveUpOn(lane, batch, reasonOf(e));
        log.warn({ workflowId: key, err: reasonOf(e) }, 'relay could not tell a process; tries again');
        await setTimeout(waitMs, undefined, { signal: this.#stop.signal }).catch(() => {});
        waitMs = Math.min(waitMs * 2, 5000);
        continue;
      }
      for (const { delivered } of lane.waiting.splice(0, batch.length)) delivered();
    }
    lane.busy = false;
    this.#lanes.delete(key);
  }

  /** Counts a refusal; what was refused too often leaves its lane, so that it does not block what comes after it. */
  #giveUpOn(lane: Lane, batch: Waiting[], problem: string): void {
    for (const { row } of batch) {
      row.attempts += 1;
      this.#refused.push({ row, problem: problem.slice(0, 1000) });
      if (isDead(row)) log.error({ event: row.id, name: row.name, problem }, 'an event cannot be delivered');
    }
    lane.waiting = lane.waiting.filter(w => !isDead(w.row));
    this.#wake();
  }
}

const isDead = (row: Undelivered): boolean => row.attempts >= deliveryAttemptsMax;

const invalidArgument = 3,
  outOfRange = 11;
/**
 * Whether the fault is the message's: an engine that is away, busy or closed to us says nothing of it. Nor does one
 * that is new: it learns our search attributes from the first worker, and takes a minute to know them everywhere.
 */
function isRefused(error: unknown): boolean {
  if (/search attribute/i.test(reasonOf(error))) return false;
  for (let e = error; e instanceof Error; e = e.cause as unknown) {
    const { code } = e as { code?: unknown };
    if (e instanceof TypeError || code === invalidArgument || code === outOfRange) return true;
  }
  return false;
}

/**
 * One call starts or signals: a process that is not running (new, terminated, lost) restarts from the database; the
 * completed one refuses, which is fine, unless it was opened again. A signal only wakes, so a backlog sends one, of
 * the newest event's name.
 */
async function tell({ client, taskQueue }: LaneOptions, batch: Waiting[], stop: AbortSignal): Promise<void> {
  const { row, told } = batch.at(-1)!;
  const again = batch.some(b => b.told.again);
  const input: ProcessInput = { v: 1, tenantId: row.tenant_id, entityId: told.entityId };
  try {
    const signal = (): Promise<unknown> =>
      client.withDeadline(Date.now() + tellLimitMs, () =>
        client.workflow.signalWithStart(told.type, {
          workflowId: told.workflowId,
          taskQueue,
          args: [input],
          signal: signalName(row.name),
          signalArgs: [{ seq: told.seq, seqs: batch.map(b => b.told.seq), at: row.at }],
          workflowIdReusePolicy: again ? 'ALLOW_DUPLICATE' : 'ALLOW_DUPLICATE_FAILED_ONLY',
          workflowTaskTimeout: '5s',
          typedSearchAttributes: startAttributes(input, told.type),
          staticSummary: batch.find(b => b.told.title)?.told.title,
        }),
      );
    const traced = { kind: 'producer', parent: row.traceparent ?? undefined, attributes: { event: row.name } } as const;
    await client.withAbortSignal(stop, () => span(`tell ${told.type}`, traced, signal));
  } catch (e) {
    if ((e as Error).name !== 'WorkflowExecutionAlreadyStartedError') throw e;
    if (leavesTheHouse(told.type)) await endedThere({ client, taskQueue }, told, input);
  }
}

/**
 * A message that is open here and has ended there: the database is older than the engine. It is noted as sent, or else
 * begun anew. What fails here the reconciler does.
 */
async function endedThere(options: LaneOptions, { type, workflowId }: Told, input: ProcessInput): Promise<void> {
  const { client } = options, { tenantId, entityId } = input;
  try {
    const asked = sql`select status from process where workflow_id = ${workflowId}`;
    const row = await readerOf(tenantId).row<{ status: string }>(asked);
    if (!row || row.status === 'closed') return;
    await client.withDeadline(Date.now() + tellLimitMs, async () => {
      const sent = await takeOver(client, tenantId, { type, entityId });
      if (!sent) await wake(options, type, workflowId, input);
    });
  } catch (e) {
    log.warn({ workflowId, err: reasonOf(e) }, 'relay could not take over what became of a message');
  }
}

/** Lets so many run at a time; the others wait in order. */
class Turns {
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(max: number) {
    this.#free = max;
  }

  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>(resolve => this.#waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = this.#waiting.shift();
      if (next) next();
      else this.#free += 1;
    }
  }
}
