import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { NativeConnection, Worker } from '@temporalio/worker';
import { crmTasks } from '../../activities/crm/tasks.ts';
import { verbs } from '../../activities/index.ts';
import { activityInterceptors, asActivities } from '../../activities/platform/as-activity.ts';
import { openEngine, setEngine, type Engine } from '../../activities/platform/engine.ts';
import { setPasswordCost } from '../../activities/platform/identity/password.ts';
import { channelsOf, setChannels } from '../../activities/platform/mail/channel/channels.ts';
import { startRelay } from '../../activities/platform/outbox/relay.ts';
import {
  dataConverterOf,
  workerConverterOf,
  type PayloadSettings,
} from '../../activities/platform/payload/payload-codec.ts';
import { setStoredFiles, storedFilesOf } from '../../activities/platform/storage/storage.ts';
import { platformTasks } from '../../activities/platform/tasks.ts';
import { openTracing } from '../../activities/platform/tracing/open-tracing.ts';
import { createApp } from '../../api/app.ts';
import { apiServices } from '../../api/platform/api-services.ts';
import { closeStreams } from '../../api/platform/live/stream.routes.ts';
import { mountWeb } from '../../api/platform/web.ts';
import { inOneProcess } from '../../bin/production/one-process.ts';
import { readConfig, type Config } from '../../db/platform/config.ts';
import { hearChanges } from '../../db/platform/cached.ts';
import { openReportPool } from '../../db/platform/pool/report-pool.ts';
import { openOrm, type Orm } from '../../db/platform/orm.ts';
import { client, signIn, type Client } from './client.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';
import { makeTenant, password, type TestTenant } from './people.ts';
import { quiet } from './quiet.ts';
import { builtWeb, testTemporal, workflowBundle } from './services.ts';
import { inProductionShape, startShape, type Product } from './shape.ts';
import { until } from './until.ts';

export { until };

export interface App {
  url: string;
  tenant: TestTenant;
  database: TestDatabase;
  orm: Orm;
  engine: Engine;
  /** What its sessions are signed with. */
  sessionSecret: string;
  /** Somebody of the first tenant, or of another one, signed in. */
  as(username: string, tenant?: TestTenant): Promise<Client>;
  anonymous: Client;
  /** Moves the tenant's frozen clock and waits until every process has settled. */
  advance(move: { by?: string | number; to?: string }): Promise<void>;
  /** Waits until every process of the tenant has read all that happened. */
  settled(): Promise<void>;
  /** How many APIs answer at the url, each with connections of its own. */
  apis: number;
  /** With the product's own settings of payloads and the workflows of now, or others. */
  startWorker(settings?: PayloadSettings, code?: string): Promise<void>;
  stopWorker(): Promise<void>;
  /** The environment of another process of the same product, such as a second worker. */
  env: Record<string, string>;
  stop(): Promise<void>;
}
export interface AppOptions {
  env?: Record<string, string>;
  worker?: boolean;
  /** Without it only a worker process of the test tells the processes. */
  relay?: boolean;
  frozen?: boolean;
  /** Another server than the shared one, such as the time-skipping one, or an address where nobody listens. */
  temporalAt?: string;
  /** Another database than a clone of one's own on the shared server. */
  database?: TestDatabase;
  /** Connections of the process, and the limits of one that runs in production. */
  pool?: number;
  /** The way to the database, such as a line that can be cut. */
  databaseAt?: string;
  /** What it takes for its own address: where it listens, once that is known. */
  ownOrigin?: boolean;
  /** The built pages behind the API's port, as in production. */
  web?: boolean;
}

/**
 * The product on a database of its own, whose tenant's clock stands still: API, worker and relay in this process, or in
 * the production shape as processes of their own.
 */
export async function bootApp(options: AppOptions = {}): Promise<App> {
  const [database, temporal] = await Promise.all([
    Promise.resolve(options.database ?? cloneDatabase()).then(made => ({
      ...made, ...reachedAt(options.databaseAt, made),
    })),
    options.temporalAt ? { address: options.temporalAt } : testTemporal(),
  ]);
  const taskQueue = `test-${randomUUID()}`;
  const env = {
    APP_DATABASE_URL: database.appUrl,
    RELAY_DATABASE_URL: database.relayUrl,
    TEMPORAL_ADDRESS: temporal.address,
    TEMPORAL_TASK_QUEUE: taskQueue,
  };
  const sized = options.pool ? { DB_POOL: String(options.pool) } : {};
  const settings = { ...env, ...testSettings, ...sized, ...options.env };
  const config = { ...readConfig({ NODE_ENV: 'test', ...settings }), SESSION_SECRET: settings.SESSION_SECRET };
  const orm = await openOrm(database.appUrl, options.pool ?? 20, options.pool ? { statementMs: 15_000 } : {});
  const reports = openReportPool(database.appUrl, config.DB_REPORT_POOL);
  const changes = await hearChanges(database.appUrl);
  const dataConverter = dataConverterOf(config);
  const engine = setEngine(openEngine({ address: temporal.address, namespace: 'default', taskQueue, dataConverter }));
  // What signs in here, and who is made for it: a fortieth of what it costs in the field.
  if (!inProductionShape()) setPasswordCost({ memoryCost: 1024, timeCost: 1 });
  const tenant = await makeTenant({ frozen: options.frozen ?? true });
  const apart = inProductionShape() && !mayBeOneProcess();
  if (apart && options.relay === false) throw new Error('Each API has a relay: see bin/production/one-process.ts');
  const withWorker = options.worker ?? true;
  const product = await (apart
    ? startShape(settings, withWorker)
    : startHere({ config, engine, database, options }));
  if (withWorker && !apart) await product.startWorker();
  const { url } = product;
  const as = (username: string, of = tenant): Promise<Client> => signIn(url, of.slug, username, password);
  const mover = moverOf(() => as('admin'));
  return {
    url,
    tenant,
    database,
    orm,
    engine,
    sessionSecret: config.SESSION_SECRET,
    as,
    anonymous: client(url, {}),
    advance: async move => finished(await mover(), move),
    settled: async () => finished(await mover(), { by: 0.001 }),
    apis: product.apis,
    startWorker: product.startWorker,
    stopWorker: product.stopWorker,
    env: { ...env, LOG_LEVEL: 'warn' },
    stop: async () => {
      await product.stop();
      setChannels({});
      setPasswordCost();
      await engine.close();
      await changes.close();
      await reports.close();
      await orm.close();
      await database.drop();
    },
  };
}

/** Requests take turns among its APIs, and each has to say so. */
export const untilReady = ({ anonymous, apis }: App): Promise<void> =>
  until('all is there again', async () => {
    const answers = [];
    for (let n = 0; n < apis; n += 1) answers.push(await anonymous.get('/api/health/ready'));
    return answers.every(({ status }) => status === 200);
  }, 60_000);

const mayBeOneProcess = (): boolean =>
  Object.keys(inOneProcess).some(suite => expect.getState().testPath?.endsWith(suite));

/** Where the files of records are kept, in a folder for each tenant. */
export const dataDir = join(tmpdir(), 'throughline-tests');
const testSettings = {
  TEMPORAL_UI_URL: 'http://localhost:8233',
  DATA_DIR: dataDir,
  LOG_LEVEL: 'silent',
  RATE_LIMIT_PER_MINUTE: '100000',
  SIGNIN_LIMIT_PER_MINUTE: '10000',
  SECRET_KEYS: `k1:${'A'.repeat(43)}=`,
  SESSION_SECRET: 'a secret of the tests, long enough for everyone',
};

interface Here {
  config: Config & { SESSION_SECRET: string };
  engine: Engine;
  database: TestDatabase;
  options: AppOptions;
}
/** API, relay and worker in this process, where a test sees into them. */
async function startHere({ config, engine, database, options }: Here): Promise<Product> {
  const tracing = await openTracing(config.OTEL_EXPORTER_OTLP_ENDPOINT, 'throughline-test');
  const api = createApp(await apiServices(config, engine.client));
  const server = await listen(createServer({ keepAliveTimeout: 65_000 }, api));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  if (options.web || options.ownOrigin) config.ORIGIN ??= url;
  if (options.web) {
    await builtWeb();
    Object.assign(process.env, { INTERNAL_API: url, ORIGIN: url });
    await mountWeb(api, server, config);
  }
  const { taskQueue, client: temporal } = engine;
  const relay =
    (options.relay ?? true) ? startRelay({ client: temporal, taskQueue, url: database.relayUrl }) : undefined;
  setStoredFiles(storedFilesOf(config));
  // Otherwise a test sets them itself.
  if (config.SMTP_URL) setChannels(channelsOf(config));
  const worker = workerOf(config.TEMPORAL_ADDRESS!, taskQueue, config);
  const stop = async (): Promise<void> => {
    closeStreams();
    server.close();
    server.closeAllConnections();
    await relay?.stop();
    await worker.stop();
    await tracing.close();
  };
  return { url, apis: 1, startWorker: worker.start, stopWorker: worker.stop, stop };
}

/** The same database by another host and port. */
const reachedAt = (address: string | undefined, { appUrl, relayUrl }: TestDatabase): Partial<TestDatabase> =>
  address
    ? { appUrl: Object.assign(new URL(appUrl), { host: address }).href,
        relayUrl: Object.assign(new URL(relayUrl), { host: address }).href }
    : {};

const listen = (server: Server): Promise<Server> =>
  new Promise(resolve => {
    server.listen(0, '127.0.0.1', () => resolve(server));
  });

/** Who moves the clock: signed in once, since a password takes its time, and anew where a test ended the session. */
function moverOf(signedIn: () => Promise<Client>): () => Promise<Client> {
  let known: Promise<Client> | undefined;
  return async () => {
    const admin = await known?.catch(() => undefined);
    if (admin && (await admin.get('/api/sandbox/clock')).status === 200) return admin;
    return (known = signedIn());
  };
}

async function finished(admin: Client, move: object): Promise<void> {
  let asked = await admin.post<{ id: string; code?: string }>('/api/sandbox/clock/advance', move);
  // Another advance is under way: this one's turn comes after it.
  const free = async (): Promise<boolean> => {
    if (asked.body.code !== 'clock-is-moving') return true;
    asked = await admin.post('/api/sandbox/clock/advance', move);
    return asked.body.code !== 'clock-is-moving';
  };
  await until('the clock is free', free);
  if (asked.status !== 202) throw new Error(`The clock did not move: ${JSON.stringify(asked.body)}`);
  await until(`the clock has moved ${JSON.stringify(move)}`, async () => {
    const { body } = await admin.get<{ status: string; result: unknown }>(`/api/operations/${asked.body.id}`);
    if (body.status === 'failed') throw new Error(`The clock is stuck: ${JSON.stringify(body.result)}`);
    return body.status === 'done';
  });
}

interface TestWorker {
  start(settings?: PayloadSettings, code?: string): Promise<void>;
  stop(): Promise<void>;
}

function workerOf(address: string, taskQueue: string, own: PayloadSettings): TestWorker {
  let running: { worker: Worker; ended: Promise<void>; connection: NativeConnection } | undefined;
  return {
    start: async (settings = own, code) => {
      quiet();
      const connection = await NativeConnection.connect({ address });
      const worker = await Worker.create({
        connection,
        taskQueue,
        dataConverter: workerConverterOf(settings),
        workflowBundle: code === undefined ? await workflowBundle(settings.ENCRYPT_PAYLOADS) : { code },
        activities: { ...asActivities(verbs), ...platformTasks, ...crmTasks },
        interceptors: { activity: [activityInterceptors] },
        stickyQueueScheduleToStartTimeout: '1s',
      });
      running = { worker, ended: worker.run(), connection };
    },
    stop: async () => {
      if (!running) return;
      running.worker.shutdown();
      await running.ended;
      await running.connection.close();
      running = undefined;
    },
  };
}
