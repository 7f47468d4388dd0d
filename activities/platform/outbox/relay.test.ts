import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { cloneDatabase, type TestDatabase } from '../../../tests/kit/database.ts';
import { connected } from '../../../bin/database-roles.ts';
import { until } from '../../../tests/kit/app.ts';
import { testPostgres } from '../../../tests/kit/services.ts';
import { inDatabase } from '../../../tests/kit/in-database.ts';
import { openEngine, type Engine } from '../engine.ts';
import { startRelay, type Relay } from './relay.ts';

let database: TestDatabase, engine: Engine;
beforeAll(async () => {
  database = await cloneDatabase();
  // Nobody is told anything here.
  engine = openEngine({ address: '127.0.0.1:1', namespace: 'default', taskQueue: 'none' });
});
afterAll(async () => {
  await engine.close();
  await database.drop();
});

it('[PLT-066] of the relays of a database one leads; when it is cut off another does within 5 s', async () => {
  const events: number[] = [];
  const relays: Relay[] = [0, 1, 2].map(n =>
    startRelay({ client: engine.client, taskQueue: 'none', url: database.relayUrl, onLead: () => events.push(n) }),
  );
  const leaders = (): number[] => relays.flatMap((r, n) => (r.leading() ? [n] : []));
  const connections = () =>
    inDatabase<{ pid: number; leads: boolean }>(
      { database },
      `select pid, pid in (select pid from pg_locks where locktype = 'advisory') as leads from pg_stat_activity
       where usename = 'relay' and datname = current_database()`,
    );
  try {
    await until('all are there', async () => (await connections()).length === 3 && events.length > 0);
    expect(leaders()).toHaveLength(1);
    const broken = (await connections()).find(c => c.leads)!;
    const at = performance.now();
    const admin = await connected((await testPostgres()).adminUrl);
    await admin.query('select pg_terminate_backend($1)', [broken.pid]).finally(() => admin.end());
    await until('another leads', async () => events.length === 2);
    expect(performance.now() - at).toBeLessThan(5_000);
    expect(leaders()).toHaveLength(1);
  } finally {
    await Promise.all(relays.map(r => r.stop()));
  }
});
