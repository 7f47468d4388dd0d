import { once } from 'node:events';
import { createServer } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { openEngine, setEngine } from '../activities/platform/engine.ts';
import { log, queryLog } from '../activities/platform/log.ts';
import { onStop } from '../activities/platform/on-stop.ts';
import { openTracing } from '../activities/platform/tracing/open-tracing.ts';
import { startRelay } from '../activities/platform/outbox/relay.ts';
import { dataConverterOf } from '../activities/platform/payload/payload-codec.ts';
import { endWith, programConfig } from '../activities/platform/program-config.ts';
import { openOrm } from '../db/platform/orm.ts';
import { hearChanges } from '../db/platform/cached.ts';
import { openReportPool } from '../db/platform/pool/report-pool.ts';
import { createApp } from './app.ts';
import { beginDraining } from './platform/health.routes.ts';
import { closeStreams } from './platform/live/stream.routes.ts';
import { apiServices } from './platform/api-services.ts';
import { serverWithTls } from './platform/tls.ts';
import { mountWeb, requireWeb } from './platform/web.ts';

/** Nobody waits longer for a page. */
const STATEMENT_MS = 15_000;

/** Main of the API process: API and web on one port, and a relay that leads when no other does. */
const config = programConfig('APP_DATABASE_URL', 'RELAY_DATABASE_URL', 'TEMPORAL_ADDRESS', 'SESSION_SECRET');
await requireWeb(config).catch(endWith);
const tracing = await openTracing(config.OTEL_EXPORTER_OTLP_ENDPOINT, 'throughline-api');
const limits = { statementMs: STATEMENT_MS, onQuery: queryLog(config) };
const orm = await openOrm(config.APP_DATABASE_URL, config.DB_POOL, limits);
const reports = openReportPool(config.APP_DATABASE_URL, config.DB_REPORT_POOL);
const changes = await hearChanges(config.APP_DATABASE_URL);
const engine = setEngine(openEngine({
  address: config.TEMPORAL_ADDRESS, namespace: config.TEMPORAL_NAMESPACE, taskQueue: config.TEMPORAL_TASK_QUEUE,
  dataConverter: dataConverterOf(config),
}));
const app = createApp(await apiServices(config, engine.client));
const server = createServer(app);
const withTls = await serverWithTls(app, config).catch(endWith);
const servers = [server, ...(withTls ? [withTls] : [])];
// Longer than what proxies and clients keep a connection, so that they close it and never write into a closed one.
for (const each of servers) {
  each.keepAliveTimeout = 65_000;
  each.once('error', endWith);
}
await mountWeb(app, server, config);
const relay = startRelay({ client: engine.client, taskQueue: engine.taskQueue, url: config.RELAY_DATABASE_URL });
// People who come from elsewhere come by TLS; the plain port keeps to its host.
if (withTls) await once(withTls.listen(config.TLS_PORT), 'listening');
server.listen(config.PORT, config.HOST, () => log.info({ port: config.PORT, tls: config.TLS_PORT }, 'API is up'));

onStop(async () => {
  beginDraining();
  await setTimeout(config.DRAIN_SECONDS * 1000);
  closeStreams();
  // Requests in flight are answered first: what they commit must not be told as an error.
  const answered = servers.map(each => new Promise(resolve => {
    each.close(resolve);
  }));
  setTimeout(5000, undefined, { ref: false }).then(() => servers.forEach(each => each.closeAllConnections()), () => {});
  await Promise.all(answered);
  await relay.stop();
  await engine.close();
  await changes.close();
  await reports.close();
  await orm.close();
  await tracing.close();
  process.exit(0);
});
