import { setTimeout } from 'node:timers/promises';
import type pg from 'pg';
import { deliveryAttemptsMax } from '../../../db/platform/delivery.ts';
import { reasonOf } from '../engine.ts';
import { log } from '../log.ts';
import { tellProcess, type TellOptions, type Told, type Undelivered } from './tell-process.ts';

interface Waiting {
  row: Undelivered;
  told: Told;
  delivered: () => void;
}
interface Lane {
  waiting: Waiting[];
  busy: boolean;
}

const batchMax = 200,
  /** Requests come first: what they record is told so many at a time, however much there is to tell. */
  callsMax = 16;

/** Each told process has its own lane: order inside, side by side otherwise. */
export class Lanes {
  readonly #options: TellOptions;
  readonly #alive: () => boolean;
  readonly #wake: () => void;
  readonly #lanes = new Map<string, Lane>();
  readonly #queued = new Set<string>();
  readonly #stop = new AbortController();
  readonly #draining = new Set<Promise<void>>();
  readonly #calls = new Turns(callsMax);
  #done: string[] = [];
  #refused: { row: Undelivered; problem: string }[] = [];

  constructor(options: TellOptions, alive: () => boolean, wake: () => void) {
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
        await this.#calls.take(() => tellProcess(this.#options, batch, this.#stop.signal));
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
