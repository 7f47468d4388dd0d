import { setTimeout } from 'node:timers/promises';
import pg from 'pg';
import type { Client } from '@temporalio/client';
import { deliveryAttemptsMax } from '../../../db/platform/delivery.ts';
import { Lanes } from './lanes.ts';
import { log } from '../log.ts';
import type { Undelivered } from './tell-process.ts';

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

/** Who has this advisory lock of the database leads. */
export const lockKey = 7001;

const tryEveryMs = 250,
  /** While the database is away it is asked less and less often. */
  tryAtLeastEveryMs = 4000,
  pollEveryMs = 2000,
  /** What comes closer together is read together. */
  turnMs = 10;

/**
 * Stamps gapless positions on committed events and tells the processes they concern. One relay of a database leads,
 * by advisory lock; lock, LISTEN and stamping share one connection, so a leader that lost its lock cannot stamp.
 */
export function startRelay(options: RelayOptions): Relay {
  const state: RelayState = { stopped: false, leading: false, retryMs: tryEveryMs, wake: () => {} };
  const ended = (async () => {
    while (!state.stopped) {
      await lead(options, state).catch((e: Error) => {
        if (!state.stopped) log.warn({ err: e }, 'relay lost its connection');
      });
      state.leading = false;
      if (!state.stopped) await nap(state.retryMs, state);
      state.retryMs = Math.min(state.retryMs * 2, tryAtLeastEveryMs);
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
  retryMs: number;
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
    state.retryMs = tryEveryMs;
    // Tried, never waited for: a blocked statement would hold a snapshot and stop vacuum.
    while (alive() && !(await tryLock(db))) await nap(tryEveryMs, state);
    if (!alive()) return;
    await db.query('listen outbox');
    state.leading = true;
    options.onLead?.();
    lanes = new Lanes(options, alive, wake);
    while (alive()) {
      const began = performance.now();
      woken = false; // clear, then read, then wait
      await lanes.noteRefusals(db);
      await lanes.markDelivered(db);
      await stampPositions(db);
      for (const row of await undelivered(db)) lanes.add(row);
      if (!woken && alive()) await nap(pollEveryMs, state);
      const early = turnMs - (performance.now() - began);
      if (early > 0 && alive()) await setTimeout(early);
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

/** What processes are to be told; those of a tenant whose past is being written begin when it has come to today. */
const undelivered = async (db: pg.Client): Promise<Undelivered[]> =>
  (
    await db.query<Undelivered>(
      `select id, tenant_id, name, tells, attempts, extract(epoch from recorded_at)::float8 * 1000 as at, traceparent
       from outbox_event
       where position is not null and delivered_at is null and attempts < $1
         and tenant_id not in (select tenants_being_seeded())
       order by position limit 2000`,
      [deliveryAttemptsMax],
    )
  ).rows;
