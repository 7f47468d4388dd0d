import { Counter, Gauge, Histogram } from 'prom-client';
import { metrics } from '../../activities/platform/metrics.ts';

export { metrics };

/** By route pattern, never by path: ids would make a series each. */
export const requestSeconds = new Histogram({
  name: 'http_request_duration_seconds',
  help: 'Time to answer a request',
  labelNames: ['method', 'route', 'status'],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
  registers: [metrics],
});

export const refusedByLimit = new Counter({
  name: 'rate_limit_refusals_total',
  help: 'Requests answered with 429',
  labelNames: ['bucket'],
  registers: [metrics],
});

export const liveConnections = new Gauge({
  name: 'live_stream_connections',
  help: 'Open connections of the live stream',
  registers: [metrics],
});

export const liveDropped = new Counter({
  name: 'live_stream_dropped_total',
  help: 'Connections closed because the client read too slowly',
  registers: [metrics],
});
