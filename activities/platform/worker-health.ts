import { createServer, type Server } from 'node:http';
import { Gauge } from 'prom-client';
import { metrics } from './metrics.ts';

/**
 * What the worker says of itself: `/health/ready` while it takes tasks, and Prometheus figures at `/metrics`. Nothing
 * of it needs a sign-in, so it listens on a port of its own that is not published.
 */
export function serveWorkerHealth({ host, port, state }: { host: string; port: number; state(): string }): Server {
  metrics.removeSingleMetric('worker_taking_tasks');
  new Gauge({
    name: 'worker_taking_tasks',
    help: '1 while the worker takes tasks',
    registers: [metrics],
    collect() {
      this.set(state() === 'RUNNING' ? 1 : 0);
    },
  });
  return createServer((req, res) => {
    void (async () => {
      if (req.url === '/metrics')
        return res.setHeader('Content-Type', metrics.contentType).end(await metrics.metrics());
      if (req.url !== '/health/ready') return res.writeHead(404).end();
      const ready = state() === 'RUNNING';
      res.writeHead(ready ? 200 : 503, { 'Content-Type': 'application/json' });
      return res.end(JSON.stringify({ status: ready ? 'ready' : 'not-ready', worker: state().toLowerCase() }));
    })();
  }).listen(port, host);
}
