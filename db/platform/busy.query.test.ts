import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { cloneDatabase, type TestDatabase } from '../../tests/kit/database.ts';
import { inDatabase } from '../../tests/kit/in-database.ts';
import { bareTenant } from '../../tests/kit/tenant.ts';
import { whatIsBusy } from './busy.query.ts';
import { openOrm, type Orm } from './orm.ts';
import { readerOf } from './reader.ts';

let database: TestDatabase, orm: Orm, tenantId: string;
beforeAll(async () => {
  database = await cloneDatabase();
  orm = await openOrm(database.appUrl, 5);
  tenantId = (await bareTenant()).id;
});
afterAll(async () => {
  await orm.close();
  await database.drop();
});

it('sees that something moves, whichever of many processes it is', async () => {
  await inDatabase(
    { database },
    `with one as (select gen_random_uuid() as id from generate_series(1, 50)),
       streams as (insert into stream (entity_id, tenant_id, seq) select id, $1, 9 from one)
     insert into process (workflow_id, tenant_id, type, entity_type, entity_id, title, status, future, started_at)
     select 'pov-lifecycle-' || id, $1, 'povLifecycle', 'pov', id, 'Busy', 'waiting', '[]', now() from one`,
    [tenantId],
  );
  const read = readerOf(tenantId);
  const before = await whatIsBusy(read);
  expect([before.count, before.moved, before.ids.length]).toEqual([50, 0, 20]);
  await inDatabase(
    { database },
    `update process set seen_seq = 1 where workflow_id = (select max(workflow_id) from process)`,
  );
  expect(await whatIsBusy(read)).toEqual({ ...before, moved: 1 });
  await inDatabase({ database }, 'update process set seen_seq = 9');
  expect(await whatIsBusy(read)).toEqual({ count: 0, moved: 0, ids: [] });
});
