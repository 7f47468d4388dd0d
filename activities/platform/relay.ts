import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import type { Client } from '@temporalio/client';
import { deliveryAttemptsMax } from '../../db/platform/delivery.ts';
import { signalName } from '../../domain/platform/contract.ts';
import type { ProcessInput } from '../../domain/platform/process.ts';
import { reasonOf } from './engine.ts';
import { log } from './log.ts';
import { startAttributes } from './search-attributes.ts';

interface Told {
  workflowId: string;
  type: string;
  entityId: string;
  seq: number;
  title?: string;
  /** It was closed and is open again. */
  again?: boolean;
}
interface Row {
  id: string;
  tenant_id: string;
  name: string;
  tells: Told[];
  attempts: number;
}
interface Waiting {
  row: Row;
  told: Told;
  delivered: () => void;
}
interface Lane {
  waiting: Waiting[];
  busy: boolean;
}

export interface RelayOptions {
  client: Client;
  taskQueue: string;
  /** Connection of the `relay` role, which may only read and stamp the outbox. */
  url: string;
  onLead?: () => void;
}
export interface Relay {
  stop(): Promise<void>;
  leading(): boolean;
}

const lockKey = 7001,
  tryEveryMs = 250,
  pollEveryMs = 2000,
  batchMax = 200,
  tellLimitMs = 5000;

/**
 * Stamps gapless positions on committed events and tells the processes they concern. One relay of a database leads,
 * by advisory lock; lock, LISTEN and stamping share one connection, so a leader that lost its lock cannot stamp.
 */
export function startRelay(options: RelayOptions): Relay {
  const state: RelayState = { stopped: false, leading: false, wake: () => {} };
  const ended = (async () => {
    while (!state.stopped) {
      await lead(options, state).catch((e: Error) => {
        if (!state.stopped) log.warn({ err: e }, 'relay lost its connection');
      });
      state.leading = false;
      if (!state.stopped) await nap(tryEveryMs, state);
    }
  })();
  return {
    stop: async () => {
      state.stopped = true;
      state.wake();
      await ended;
    },
    leading: () => state.leading,
  };
}

interface RelayState {
  stopped: boolean;
  leading: boolean;
  wake: () => void;
}

async function nap(ms: number, state: RelayState): Promise<void> {
  const woken = new AbortController();
  state.wake = () => woken.abort();
  await setTimeout(ms, undefined, { signal: woken.signal }).catch(() => {});
}

async function lead(options: RelayOptions, state: RelayState): Promise<void> {
  const db = new pg.Client({ connectionString: options.url, keepAlive: true, connectionTimeoutMillis: 2000 });
  let lost = false,
    woken = false;
  const wake = (): void => {
    woken = true;
    state.wake();
  };
  db.on('error', () => {
    lost = true;
    wake();
  });
  db.on('end', () => {
    lost = true;
    wake();
  });
  db.on('notification', wake);
  const alive = (): boolean => !state.stopped && !lost;
  let lanes: Lanes | undefined;
  try {
    await db.connect();
    // Tried, never waited for: a blocked statement would hold a snapshot and stop vacuum.
    while (alive() && !(await tryLock(db))) await nap(tryEveryMs, state);
    if (!alive()) return;
    await db.query('listen outbox');
    state.leading = true;
    options.onLead?.();
    lanes = new Lanes(options, alive, wake);
    while (alive()) {
      woken = false; // clear, then read, then wait
      await lanes.noteRefusals(db);
      await lanes.markDelivered(db);
      await stampPositions(db);
      for (const row of await undelivered(db)) lanes.add(row);
      if (!woken && alive()) await nap(pollEveryMs, state);
    }
  } finally {
    await lanes?.close();
    await db.end().catch(() => {});
  }
}

const tryLock = async (db: pg.Client): Promise<boolean> =>
  (await db.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [lockKey])).rows[0]!.locked;

async function stampPositions(db: pg.Client): Promise<void> {
  const stamped = await db.query(`update outbox_event e set position = n.position from (
    select id, (select coalesce(max(position), 0) from outbox_event) + row_number() over (order by id) as position
    from outbox_event where position is null order by id limit 1000) n where e.id = n.id`);
  if (stamped.rowCount) await db.query(`select pg_notify('stamped', '')`);
}

const undelivered = async (db: pg.Client): Promise<Row[]> =>
  (
    await db.query<Row>(
      `select id, tenant_id, name, tells, attempts from outbox_event
       where position is not null and delivered_at is null and attempts < $1 order by position limit 2000`,
      [deliveryAttemptsMax],
    )
  ).rows;

/** Each told process has its own lane: order inside, side by side otherwise. */
class Lanes {
  readonly #options: RelayOptions;
  readonly #alive: () => boolean;
  readonly #wake: () => void;
  readonly #lanes = new Map<string, Lane>();
  readonly #queued = new Set<string>();
  readonly #stop = new AbortController();
  readonly #draining = new Set<Promise<void>>();
  #done: string[] = [];
  #refused: { row: Row; problem: string }[] = [];

  constructor(options: RelayOptions, alive: () => boolean, wake: () => void) {
    this.#options = options;
    this.#alive = alive;
    this.#wake = wake;
  }

  add(row: Row): void {
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
        await tell(this.#options, batch, this.#stop.signal);
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

const isDead = (row: Row): boolean => row.attempts >= deliveryAttemptsMax;

const invalidArgument = 3,
  outOfRange = 11;
/** Whether the fault is the message's: an engine that is away, busy or closed to us says nothing of it. */
function isRefused(error: unknown): boolean {
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
async function tell({ client, taskQueue }: RelayOptions, batch: Waiting[], stop: AbortSignal): Promise<void> {
  const { row, told } = batch.at(-1)!;
  const again = batch.some(b => b.told.again);
  const input: ProcessInput = { v: 1, tenantId: row.tenant_id, entityId: told.entityId };
  try {
    await client.withAbortSignal(stop, () =>
      client.withDeadline(Date.now() + tellLimitMs, () =>
        client.workflow.signalWithStart(told.type, {
          workflowId: told.workflowId,
          taskQueue,
          args: [input],
          signal: signalName(row.name),
          signalArgs: [{ seq: told.seq, seqs: batch.map(b => b.told.seq) }],
          workflowIdReusePolicy: again ? 'ALLOW_DUPLICATE' : 'ALLOW_DUPLICATE_FAILED_ONLY',
          workflowTaskTimeout: '5s',
          typedSearchAttributes: startAttributes(input, told.type),
          staticSummary: batch.find(b => b.told.title)?.told.title,
        }),
      ),
    );
  } catch (e) {
    if ((e as Error).name !== 'WorkflowExecutionAlreadyStartedError') throw e;
  }
}
