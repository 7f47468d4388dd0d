import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client';
import { pools } from '../../db/platform/pool/pools.ts';

/** The figures of this process, API or worker, in Prometheus' text form at `/metrics` (PLT-110). */
export const metrics = new Registry();
collectDefaultMetrics({ register: metrics });

export const driftedProcesses = new Counter({
  name: 'drifted_processes_total',
  help: 'Processes that the scheduled check found different in database and engine',
  registers: [metrics],
});

new Gauge({
  name: 'db_pool_connections',
  help: 'Connections to the database, by pool, and whether they are in use',
  labelNames: ['pool', 'state'],
  registers: [metrics],
  collect() {
    for (const { name, pool } of pools()) {
      this.set({ pool: name, state: 'idle' }, pool.idleCount);
      this.set({ pool: name, state: 'used' }, pool.totalCount - pool.idleCount);
    }
  },
});

new Gauge({
  name: 'db_pool_waiting',
  help: 'Work that waits for a connection to the database',
  labelNames: ['pool'],
  registers: [metrics],
  collect() {
    for (const { name, pool } of pools()) this.set({ pool: name }, pool.waitingCount);
  },
});
