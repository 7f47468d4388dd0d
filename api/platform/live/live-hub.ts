import pg from 'pg';
import { log } from '../../../activities/platform/log.ts';
import { eventsAfter, lastPosition, type EventRow } from '../../../db/platform/events.query.ts';
import { readerOf } from '../../../db/platform/reader.ts';

/** One who follows the events of a tenant. */
export interface Follower {
  tenantId: string;
  /** New rows, oldest first; those it has already must not trouble it. */
  hear(rows: EventRow[]): void;
}

/** `position`: what the tenant's followers have been told up to. */
export interface Following {
  readonly position: number;
  stop(): void;
}

const pageSize = 500,
  pollEveryMs = 5000,
  connectAgainMs = 1000;

/**
 * Hears of stamped events on one connection and reads them once for each tenant that anybody follows. Should the
 * connection be lost, it looks every few seconds, so that nothing is missed, only late.
 */
export class LiveHub {
  readonly #url: string;
  readonly #tenants = new Map<string, Tenant>();
  #listener: pg.Client | null = null;
  readonly #poll: NodeJS.Timeout;
  #again: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(url: string) {
    this.#url = url;
    this.#poll = setInterval(() => this.#look(), pollEveryMs).unref();
    void this.#listen();
  }

  /** From now on the follower hears of everything after the position that this answers. */
  async follow(follower: Follower): Promise<Following> {
    const tenant = this.#tenants.get(follower.tenantId) ?? this.#begin(follower.tenantId);
    tenant.followers.add(follower);
    const stop = (): void => {
      tenant.followers.delete(follower);
      if (!tenant.followers.size && this.#tenants.get(follower.tenantId) === tenant)
        this.#tenants.delete(follower.tenantId);
    };
    await tenant.ready.catch((e: unknown) => {
      stop();
      throw e;
    });
    return {
      get position() {
        return tenant.position;
      },
      stop,
    };
  }

  #begin(tenantId: string): Tenant {
    const tenant: Tenant = { followers: new Set(), position: 0, ready: Promise.resolve(), busy: false, again: false };
    tenant.ready = lastPosition(readerOf(tenantId)).then(position => {
      tenant.position = position;
    });
    this.#tenants.set(tenantId, tenant);
    return tenant;
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearInterval(this.#poll);
    clearTimeout(this.#again);
    this.#tenants.clear();
    await this.#listener?.end().catch(() => {});
  }

  async #listen(): Promise<void> {
    const db = new pg.Client({ connectionString: this.#url, keepAlive: true, connectionTimeoutMillis: 5000 });
    this.#listener = db;
    let lost = false;
    const onLost = (): void => {
      if (lost || this.#closed) return;
      lost = true;
      log.warn('the live stream lost its connection');
      this.#again = setTimeout(() => {
        void this.#listen();
      }, connectAgainMs).unref();
      db.end().catch(() => {});
    };
    db.on('error', onLost);
    db.on('end', onLost);
    db.on('notification', () => this.#look());
    try {
      await db.connect();
      await db.query('listen stamped');
      this.#look();
    } catch {
      onLost();
    }
    if (this.#closed) await db.end().catch(() => {});
  }

  #look(): void {
    for (const [id, tenant] of this.#tenants) void this.#read(id, tenant);
  }

  /** One reading at a time for a tenant; what comes meanwhile is read by another round. */
  async #read(tenantId: string, tenant: Tenant): Promise<void> {
    tenant.again = true;
    if (tenant.busy) return;
    tenant.busy = true;
    try {
      await tenant.ready;
      while (tenant.again && tenant.followers.size && !this.#closed) {
        tenant.again = false;
        const rows = await eventsAfter(readerOf(tenantId), { after: tenant.position, limit: pageSize });
        if (!rows.length) continue;
        tenant.position = rows.at(-1)!.position;
        tenant.again ||= rows.length === pageSize;
        for (const follower of tenant.followers) follower.hear(rows);
      }
    } catch (e) {
      if (!this.#closed)
        log.warn({ err: (e as Error).message }, 'the live stream could not read events; looks again soon');
    } finally {
      tenant.busy = false;
    }
  }
}

interface Tenant {
  followers: Set<Follower>;
  position: number;
  ready: Promise<void>;
  busy: boolean;
  again: boolean;
}
