import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { openOrm, orm, type Orm } from '../../../db/platform/orm.ts';
import { readerOf } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import { clockMoved } from '../../../domain/platform/sandbox.contract.ts';
import { cloneDatabase, type TestDatabase } from '../../../tests/kit/database.ts';
import { bareTenant } from '../../../tests/kit/tenant.ts';
import { moveClock } from '../clock/move-clock.ts';
import { systemActor } from '../system-actor.ts';
import { run, verb } from '../verb.ts';
import { z } from 'zod';

let database: TestDatabase, source: Orm, tenantId: string;
beforeAll(async () => {
  database = await cloneDatabase();
  source = await openOrm(database.appUrl, 10);
  tenantId = (await bareTenant()).id;
});
afterAll(async () => {
  await source.close();
  await database.drop();
});

const inTenant = (text: string, values: unknown[] = []): Promise<unknown> => {
  const em = orm().em.fork();
  em.setSessionContext({ variables: { 'app.tenant': tenantId } });
  return em.transactional(tx => tx.execute(text, values, 'run'));
};
const openProcesses = (n: number): Promise<unknown> =>
  inTenant(
    `insert into process (workflow_id, tenant_id, type, entity_type, entity_id, title, status, future, started_at)
     select 'pov-lifecycle-' || id, ?, 'povLifecycle', 'pov', id, 'Open', 'waiting', '[]', now()
     from (select gen_random_uuid() as id from generate_series(1, ?)) t`,
    [tenantId, n],
  );
async function statementsOf(act: () => Promise<unknown>): Promise<number> {
  const logged = jest.spyOn(source.config.getLogger(), 'logQuery');
  await act();
  const { length } = logged.mock.calls;
  logged.mockRestore();
  return length;
}
const caller = () => ({ actor: systemActor(tenantId) });

it('tells ten thousand processes with as many statements as one', async () => {
  await openProcesses(1);
  const one = await statementsOf(() => run(moveClock, { frozen: false }, caller()));
  await openProcesses(10_000);
  expect(one).toBeGreaterThan(2);
  expect(await statementsOf(() => run(moveClock, { frozen: false }, caller()))).toBe(one);
  const [row] = await readerOf(tenantId).rows<{ told: number; first: number }>(
    sql`select count(*) as told, count(*) filter (where seq = 2) as first from stream where entity_id <> ${tenantId}`,
  );
  expect(row).toEqual({ told: 10_001, first: 1 });
});

it('counts each event of a stream once, whatever the case of its id', async () => {
  const entityId = randomUUID();
  const tell = verb({ name: 'tell', needs: 'process', input: z.null(), output: z.null() }, async ctx => {
    for (const id of [entityId, entityId.toUpperCase()])
      ctx.emit(clockMoved, {
        tenantId: id,
        now: '2026-11-24T09:00:00Z',
        frozen: true,
        processes: [{ type: 'povLifecycle', entityId }],
      });
    return null;
  });
  await run(tell, null, caller());
  const events = await readerOf(tenantId).rows<{ seq: number; told: number }>(
    sql`select seq, (tells->0->>'seq')::int as told from outbox_event where entity_id = ${entityId} order by id`,
  );
  expect(events).toEqual([
    { seq: 1, told: 1 },
    { seq: 2, told: 2 },
  ]);
});
