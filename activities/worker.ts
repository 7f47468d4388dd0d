import { NativeConnection, Runtime, Worker, DefaultLogger } from '@temporalio/worker';
import { openOrm } from '../db/platform/orm.ts';
import { crmTasks } from './crm/tasks.ts';
import { verbs } from './index.ts';
import { activityInterceptors, asActivities } from './platform/as-activity.ts';
import { openEngine, setEngine } from './platform/engine.ts';
import { allowPrivateNetworks } from './platform/guarded-fetch.ts';
import { log, queryLog } from './platform/log.ts';
import { channelsOf, setChannels } from './platform/mail/channel/channels.ts';
import { onStop } from './platform/on-stop.ts';
import { startRelay } from './platform/outbox/relay.ts';
import { dataConverterOf, workerConverterOf } from './platform/payload/payload-codec.ts';
import { ensureSchedules } from './platform/process/schedules.ts';
import { registerSearchAttributes } from './platform/process/search-attributes.ts';
import { endWith, programConfig } from './platform/program-config.ts';
import { setSecretBox } from './platform/secret-box.ts';
import { platformTasks } from './platform/tasks.ts';
import { setStoredFiles, storedFilesOf } from './platform/storage/storage.ts';
import { openTracing } from './platform/tracing/open-tracing.ts';
import { serveWorkerHealth } from './platform/worker-health.ts';
import { workflowBundle } from './platform/workflow-bundle.ts';

/** Below the time of a local activity, so that one that timed out holds no lock against its next try. */
const STATEMENT_MS = 4_500;

/** Main of the worker process: workflows, their activities, and a relay that leads when no other does. */
const config = programConfig('APP_DATABASE_URL', 'RELAY_DATABASE_URL', 'TEMPORAL_ADDRESS');
Runtime.install({
  logger: new DefaultLogger('WARN', ({ level, message, meta }) =>
    log[level === 'ERROR' ? 'error' : 'warn']({ ...meta }, message),
  ),
});
const tracing = await openTracing(config.OTEL_EXPORTER_OTLP_ENDPOINT, 'throughline-worker');
setChannels(channelsOf(config));
setStoredFiles(storedFilesOf(config));
allowPrivateNetworks(config.PRIVATE_NETWORKS === 'allow');
if (config.SECRET_KEYS) setSecretBox(config.SECRET_KEYS);
const dataConverter = dataConverterOf(config);
const limits = { statementMs: STATEMENT_MS, onQuery: queryLog(config) };
const orm = await openOrm(config.APP_DATABASE_URL, config.DB_POOL, limits);
const engine = setEngine(
  openEngine({
    address: config.TEMPORAL_ADDRESS,
    namespace: config.TEMPORAL_NAMESPACE,
    taskQueue: config.TEMPORAL_TASK_QUEUE,
    dataConverter,
  }),
);
await registerSearchAttributes(engine.client, engine.namespace).catch(endWith);
await ensureSchedules(engine);
const connection = await NativeConnection.connect({ address: config.TEMPORAL_ADDRESS }).catch(endWith);
const worker = await Worker.create({
  connection,
  namespace: config.TEMPORAL_NAMESPACE,
  taskQueue: config.TEMPORAL_TASK_QUEUE,
  dataConverter: workerConverterOf(config),
  workflowBundle: await workflowBundle(config.DATA_DIR, config.ENCRYPT_PAYLOADS).catch(endWith),
  activities: { ...asActivities(verbs), ...platformTasks, ...crmTasks },
  interceptors: { activity: [activityInterceptors] },
  maxCachedWorkflows: 600,
  // Each step holds a connection: more at once would only wait for one, give up, and be tried again, ever more of them.
  maxConcurrentLocalActivityExecutions: config.DB_POOL,
  // Nor many more tasks than can take their step at once: what waits inside a task runs out of its time, and is begun
  // anew. Some more, because each waiting poll takes one of these places too.
  maxConcurrentWorkflowTaskExecutions: Math.max(2, 2 * config.DB_POOL),
  shutdownGraceTime: '8s',
  maxHeartbeatThrottleInterval: '5s',
  stickyQueueScheduleToStartTimeout: '2s',
});
const relay = startRelay({ client: engine.client, taskQueue: engine.taskQueue, url: config.RELAY_DATABASE_URL });
const health =
  config.METRICS_PORT &&
  serveWorkerHealth({ host: config.HOST, port: config.METRICS_PORT, state: () => worker.getState() });
onStop(() => worker.shutdown());
log.info('worker is up');
await worker.run();
await relay.stop();
if (health) health.close();
await connection.close();
await engine.close();
await orm.close();
await tracing.close();
process.exit(0);
