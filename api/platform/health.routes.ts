import type { Express, RequestHandler } from 'express';
import pg from 'pg';
import { Gauge } from 'prom-client';
import { deliveryAttemptsMax } from '../../db/platform/delivery.ts';
import { orm } from '../../db/platform/orm.ts';
import { healthEndpoints, type Health } from '../../domain/platform/operations/health.contract.ts';
import { metrics } from './metrics.ts';
import type { ApiServices } from './services.ts';

const limitMs = 2000;

let stopping = false;
/** From now on it asks to be sent nothing new; what comes is still served. */
export const beginDraining = (): void => {
  stopping = true;
};

/** Health and `/metrics`, before everything that could refuse them (PLT-054, 110). */
export function healthRoutes(app: Express, services: ApiServices): void {
  app.get(healthEndpoints.live.path, (_req, res) => {
    res.status(stopping ? 503 : 200).set('Cache-Control', 'no-store');
    res.json({ status: stopping ? 'stopping' : 'live' });
  });
  app.get(healthEndpoints.ready.path, ready(services));
  measureOutbox(services.config.RELAY_DATABASE_URL);
  app.get('/metrics', async (_req, res) => {
    res.type(metrics.contentType).send(await metrics.metrics());
  });
}

const ready =
  (services: ApiServices): RequestHandler =>
  async (_req, res) => {
    const [database, temporal] = await Promise.all([part(askDatabase()), part(askTemporal(services))]);
    const parts = { database, temporal };
    const away = Object.entries(parts)
      .filter(([, state]) => state === 'away')
      .map(([name]) => name);
    const health: Health = away.length
      ? { status: 'not-ready', parts, error: `Away: ${away.join(', ')}` }
      : { status: 'ready', parts };
    if (away.length) res.set('Retry-After', '2');
    res
      .status(away.length ? 503 : 200)
      .set('Cache-Control', 'no-store')
      .json(health);
  };

async function part(asked: Promise<unknown>): Promise<'ok' | 'away'> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('too late')), limitMs);
  });
  return Promise.race([asked, late])
    .then(
      () => 'ok' as const,
      () => 'away' as const,
    )
    .finally(() => clearTimeout(timer));
}

/** One that takes no writes, such as a standby, serves nobody. */
async function askDatabase(): Promise<void> {
  const pool = (await orm().em.getConnection().getNativeClient()) as pg.Pool;
  const { rows } = await pool.query<{ closed: string }>(`select current_setting('transaction_read_only') as closed`);
  if (rows[0]?.closed === 'on') throw new Error('It is read-only');
}

const askTemporal = ({ temporal }: ApiServices): Promise<unknown> =>
  temporal.connection.withDeadline(Date.now() + limitMs, () => temporal.workflowService.getSystemInfo({}));

/**
 * How far the relay is behind, over all tenants: only the relay's role may see that, so each scrape asks on a short
 * connection of that role. Without an answer the figures are NaN rather than a guess.
 */
function measureOutbox(relayUrl: string | undefined): void {
  let asked: Promise<Lag> | null = null;
  const ask = (url: string): Promise<Lag> => {
    asked ??= outboxLag(url)
      .catch(() => ({ events: NaN, seconds: NaN, dead: NaN, stuck: NaN, failed: NaN, archive: NaN }))
      .finally(() => {
        asked = null;
      });
    return asked;
  };
  const gauge = (name: string, help: string, figure: keyof Lag): void => {
    metrics.removeSingleMetric(name);
    if (relayUrl)
      new Gauge({
        name,
        help,
        registers: [metrics],
        async collect() {
          this.set((await ask(relayUrl))[figure]);
        },
      });
  };
  gauge('outbox_undelivered_events', 'Events committed and not yet delivered', 'events');
  gauge('outbox_dead_events', 'Events refused too often: they wait to be sent again from the page Operations', 'dead');
  gauge('outbox_oldest_undelivered_seconds', 'Age of the oldest event not yet delivered', 'seconds');
  gauge('stuck_processes', 'Processes whose next step was refused twice', 'stuck');
  gauge('failed_processes', 'Processes whose execution ended before they did', 'failed');
  gauge('wal_archive_age_seconds', 'Since the write-ahead log was archived last; NaN without an archive', 'archive');
}

interface Lag {
  events: number;
  seconds: number;
  dead: number;
  stuck: number;
  failed: number;
  archive: number;
}

async function outboxLag(url: string): Promise<Lag> {
  const db = new pg.Client({ connectionString: url, connectionTimeoutMillis: limitMs, query_timeout: limitMs });
  try {
    await db.connect();
    const { rows } = await db.query<Lag>(
      `select count(*) filter (where attempts < $1)::int as events, count(*) filter (where attempts >= $1)::int as dead,
         coalesce(extract(epoch from clock_timestamp() - min(recorded_at) filter (where attempts < $1)), 0)::float8
           as seconds,
         (select count(*) from process where stuck_reason is not null and status <> 'failed')::int as stuck,
         (select count(*) from process where status = 'failed')::int as failed,
         coalesce((select extract(epoch from clock_timestamp() - last_archived_time) from pg_stat_archiver),
           'NaN')::float8 as archive
       from outbox_event where delivered_at is null`,
      [deliveryAttemptsMax],
    );
    return rows[0]!;
  } finally {
    await db.end().catch(() => {});
  }
}
