import { once } from 'node:events';
import type { Response } from 'express';
import { log } from '../../../activities/platform/log.ts';
import { eventsAfter, type EventRow } from '../../../db/platform/events.query.ts';
import type { Reader } from '../../../db/platform/reader.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import { sessionsEnded } from '../../../domain/platform/identity/sign-in-entry.contract.ts';
import { EventSight, viewOf } from './event-sight.ts';
import type { Follower, Following } from './live-hub.ts';
import { liveDropped } from '../metrics.ts';

const pageSize = 200,
  drainMs = 10_000;
/** What may wait unsent for one client before it is taken for stuck. */
const unsentMax = 1024 * 1024,
  unheardMax = 5000;

/** One connection of the live stream: first what it missed, page by page as it reads; then what happens. */
export class LiveClient implements Follower {
  readonly tenantId: string;
  readonly #res: Response;
  readonly #read: Reader;
  readonly #sight = new EventSight();
  #actor: Actor;
  #position = 0;
  #waiting: EventRow[] = [];
  #telling = false;
  #caughtUp = false;

  constructor(res: Response, actor: Actor, read: Reader) {
    this.#res = res;
    this.#actor = actor;
    this.#read = read;
    this.tenantId = read.tenantId;
  }

  /** Called again and again while it is open: rights may have changed. */
  set actor(actor: Actor) {
    this.#actor = actor;
  }
  get actor(): Actor {
    return this.#actor;
  }

  /** Tells what came after `position`, then follows what happens. */
  async catchUp(position: number, following: Following): Promise<void> {
    this.#position = position;
    for (let more = true; more && this.#open();) {
      const rows = await eventsAfter(this.#read, { after: this.#position, limit: pageSize });
      await this.#tell(rows);
      if (this.#res.writableNeedDrain) await once(this.#res, 'drain', { signal: AbortSignal.timeout(drainMs) });
      more = rows.length === pageSize || this.#position < following.position;
    }
    this.#caughtUp = true;
  }

  hear(rows: EventRow[]): void {
    // Until it has caught up it reads for itself: nothing piles up meanwhile.
    if (!this.#caughtUp) return;
    this.#waiting.push(...rows);
    if (this.#waiting.length > unheardMax) return this.drop();
    void this.#tellWaiting();
  }

  beat(): void {
    if (this.#res.writableLength > unsentMax) return this.drop();
    this.#res.write(': beat\n\n');
  }

  /** Whoever reads too slowly comes back and resumes; keeping its events would cost everybody's memory. */
  drop(): void {
    liveDropped.inc();
    this.#res.destroy();
  }

  async #tellWaiting(): Promise<void> {
    if (this.#telling) return;
    this.#telling = true;
    try {
      while (this.#waiting.length && this.#open()) await this.#tell(this.#waiting.splice(0));
    } catch (e) {
      log.warn({ err: (e as Error).message }, 'a client of the live stream is dropped: its rights could not be read');
      this.#res.destroy();
    } finally {
      this.#telling = false;
    }
  }

  async #tell(rows: EventRow[]): Promise<void> {
    const fresh = rows.filter(row => row.position > this.#position);
    if (!fresh.length) return;
    // Its session has ended: whoever listens hears nothing of what came after.
    if (fresh.some(row => endsSession(row, this.#actor))) return void this.#res.end();
    const seen = await this.#sight.visible(this.#read, this.#actor, fresh);
    this.#position = fresh.at(-1)!.position;
    if (!this.#open()) return;
    for (const row of seen)
      this.#res.write(`id: ${row.position}\nevent: ${row.name}\ndata: ${JSON.stringify(viewOf(row))}\n\n`);
    // An id alone: it resumes after what it may not see, too.
    if (seen.at(-1) !== fresh.at(-1)) this.#res.write(`id: ${this.#position}\n\n`);
    if (this.#res.writableLength > unsentMax) this.drop();
  }

  #open(): boolean {
    return !this.#res.writableEnded && !this.#res.destroyed;
  }
}

const endsSession = ({ name, payload }: EventRow, { sessionId }: Actor): boolean =>
  name === sessionsEnded.name && (payload['sessionIds'] as string[]).includes(sessionId ?? '');
