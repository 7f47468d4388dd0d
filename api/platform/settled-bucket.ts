import { log } from '../../activities/platform/log.ts';

export interface Taken {
  allowed: boolean;
  remainingPoints: number;
  msBeforeNext: number;
}
/** What is counted for one caller in the window that runs. */
interface Count {
  /** Of all processes, as PostgreSQL had it last. */
  shared: number;
  /** Taken here and not yet told. */
  own: number;
  endsAt: number;
}
export interface SettledBucketOptions {
  keyPrefix: string;
  points: number;
  windowSeconds: number;
  query(text: string, values: unknown[]): Promise<{ rows: { key: string; points: number; expire: string }[] }>;
}

const settleEveryMs = 1000;

/**
 * A bucket that all processes share: each counts by itself and settles with PostgreSQL once a second, so that no
 * request waits for a row that every request of its caller wants. With n processes, a caller may go over by what n - 1
 * of them let through in a second.
 */
export class SettledBucket {
  readonly keyPrefix: string;
  readonly points: number;
  readonly #options: SettledBucketOptions;
  readonly #counts = new Map<string, Count>();
  #settling: NodeJS.Timeout | undefined;

  constructor(options: SettledBucketOptions) {
    this.#options = options;
    this.keyPrefix = options.keyPrefix;
    this.points = options.points;
  }

  take(key: string, now = Date.now()): Taken {
    const count = this.#countOf(key, now);
    const left = this.points - count.shared - count.own;
    const msBeforeNext = count.endsAt - now;
    // Whoever is over the limit costs no more writes.
    if (left <= 0) return { allowed: false, remainingPoints: 0, msBeforeNext };
    count.own += 1;
    this.#settling ??= setTimeout(() => void this.#settle(), settleEveryMs).unref();
    return { allowed: true, remainingPoints: left - 1, msBeforeNext };
  }

  #countOf(key: string, now: number): Count {
    const known = this.#counts.get(key);
    if (known && known.endsAt > now) return known;
    const fresh = { shared: 0, own: 0, endsAt: now + this.#options.windowSeconds * 1000 };
    this.#counts.set(key, fresh);
    return fresh;
  }

  /** Tells what was taken here, hears what was taken anywhere. While PostgreSQL is away, each process counts alone. */
  async #settle(): Promise<void> {
    this.#settling = undefined;
    const now = Date.now();
    for (const [key, count] of this.#counts) if (count.endsAt <= now) this.#counts.delete(key);
    // In one order, so that two processes never wait for each other.
    const taken = [...this.#counts].filter(([, count]) => count.own > 0).sort(([a], [b]) => (a < b ? -1 : 1));
    if (!taken.length) return;
    const told = taken.map(([, count]) => count.own);
    const ends = taken.map(([, count]) => count.endsAt);
    try {
      const { rows } = await this.#options.query(settle, [taken.map(([key]) => this.#row(key)), told, ends, now]);
      const known = new Map(rows.map(row => [row.key, row]));
      taken.forEach(([key, count], i) => {
        const row = known.get(this.#row(key));
        if (!row) return;
        count.own -= told[i]!;
        count.shared = row.points;
        count.endsAt = Number(row.expire);
      });
    } catch (err) {
      log.warn({ err }, 'the counts of requests could not be shared');
    }
  }

  #row(key: string): string {
    return `${this.keyPrefix}:${key}`.slice(0, 255);
  }
}

/** A window that has ended in PostgreSQL starts anew with what is told. */
const settle = `insert into rate_limit_bucket as b (key, points, expire)
  select key, points, expire from unnest($1::text[], $2::int[], $3::bigint[]) as told (key, points, expire) order by key
  on conflict (key) do update set
    points = case when b.expire <= $4::bigint then excluded.points else b.points + excluded.points end,
    expire = case when b.expire <= $4::bigint then excluded.expire else b.expire end
  returning key, points, expire`;
