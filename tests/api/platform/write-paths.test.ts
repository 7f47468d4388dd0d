import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { asActivities } from '../../../activities/platform/as-activity.ts';
import { callers, run } from '../../../activities/platform/verb.ts';
import { createPov } from '../../../activities/pov/create-pov.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { fiftyDays, newTemplate } from '../../kit/pov.fixture.ts';
import { actorOf } from '../../kit/tenant.ts';

let app: App, manager: Client, templateId: string;
beforeAll(async () => {
  app = await bootApp({ worker: false, relay: false });
  [manager, { id: templateId }] = [await app.as('manager'), await newTemplate(await app.as('admin'), ['A', 'B'])];
});
afterAll(() => app?.stop());

const input = () => ({ title: 'One POV', ...fiftyDays, templateId, tags: ['x'], revenue: '10.50' });
const caller = () => ({ actor: actorOf(app.tenant.id, 'SALES_MANAGEMENT', manager.userId) });

/** How a POV comes to be: each way answers its id. */
const ways: [string, () => Promise<string>][] = [
  ['the API', async () => (await manager.post<{ data: { id: string } }>('/api/povs', input())).body.data.id],
  ['the API of processes', async () => {
    const { body } = await manager.post<{ workflowId: string }>('/api/processes/povLifecycle', input());
    return body.workflowId.replace('pov-lifecycle-', '');
  }],
  ['a program, as a seed or an import', async () => (await run(createPov, input(), caller())).id],
  ['a process', async () => {
    const { create } = asActivities({ create: createPov });
    return ((await callers.run(caller(), () => create!(input()))) as { id: string }).id;
  }],
];

/** All that follows from it, without what must differ: ids, and when it was. */
async function traceOf(id: string): Promise<unknown[]> {
  const ask = (sql: string) => inDatabase<object>(app, sql, [id]);
  const rows = await Promise.all([
    ask(`select title, status, tags, revenue, owner_id, created_by, version from pov where id = $1`),
    ask(`select name, type, status, start_date, end_date, position from phase where pov_id = $1 order by position`),
    ask(`select m.role, m.user_id, t.name from team_member m join team t on t.id = m.team_id where m.pov_id = $1`),
    ask(`select action, user_id, details from pov_activity where pov_id = $1`),
    ask(`select type, status, title from process where entity_id = $1`),
    ask(`select name, seq, payload - 'povId' as payload from outbox_event where entity_id = $1 order by id`),
    ask(`select table_name, action, user_id from audit_log where record_id = $1::text
         or record_id in (select id::text from phase where pov_id = ($1::text)::uuid) order by table_name, action`),
  ]);
  expect(rows.filter(r => r.length === 0)).toEqual([]);
  return rows;
}

it('[PLT-009] what follows from a write is the same, whichever way it comes', async () => {
  const [first, ...others] = await Promise.all(ways.map(async ([name, create]) => ({ name, id: await create() })));
  const wanted = await traceOf(first!.id);
  for (const { name, id } of others) expect([name, await traceOf(id)]).toEqual([name, wanted]);
});
