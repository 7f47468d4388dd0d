import { afterAll, beforeAll, expect, it, test } from '@jest/globals';
import { bootApp, type App } from '../../kit/app.ts';
import { newAccount, newTask, withAccountTypes } from '../../kit/crm.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { brokenInvariants, invariants } from '../../kit/invariants.ts';
import { approvePhase, move, phasesOf, staffedPov } from '../../kit/pov.fixture.ts';
import { testTemporal } from '../../kit/services.ts';

/** The checker of the fault scenarios finds what it is there to find. */
let app: App;
beforeAll(async () => {
  app = await bootApp();
  const manager = await app.as('manager');
  const { id } = await staffedPov(app, manager);
  await move(manager, id, 'IN_PROGRESS');
  const [phase] = await phasesOf(manager, id);
  const milestone = { name: 'Test data', dueDate: '2026-12-04T09:00:00Z' };
  expect((await manager.post(`/api/povs/${id}/phases/${phase!.id}/milestones`, milestone)).status).toBe(201);
  await approvePhase(app, manager, id, phase!.id);
  await withAccountTypes(app.tenant.id);
  const account = await newAccount(manager);
  await newTask(manager, { accountId: account.id });
  await app.settled();
  // What is planted in the events stays as it is.
  await inDatabase(app, 'revoke all on outbox_event from relay');
});
afterAll(() => app?.stop());

const broken = async (patienceMs?: number): Promise<string[]> =>
  brokenInvariants({
    ownerUrl: app.database.ownerUrl, temporalAddress: (await testTemporal()).address, patienceMs,
  });
/** What was planted stays: only the sound one is waited for. */
const atOnce = 1;

it('finds nothing where nothing is wrong', async () => expect(await broken()).toEqual([]));

const lifecycle = `type = 'povLifecycle'`;
/** The table with other rows than those it has: as no key and no policy would let it be. */
const instead = (table: string, rows: string): [plant: string, undo: string] => [
  `alter table ${table} rename to kept; create table ${table} as ${rows}`,
  `drop table ${table}; alter table kept rename to ${table}`,
];
const shifted = (table: string, column: string, where = 'true'): [plant: string, undo: string] => [
  `update ${table} set ${column} = ${column} + 1000000 where ${where}`,
  `update ${table} set ${column} = ${column} - 1000000 where ${where}`,
];
/** As it was before anything happened. */
const shiftedBack = (table: string): [plant: string, undo: string] => [
  `update ${table} set created_at = created_at - interval '100 years'`,
  `update ${table} set created_at = created_at + interval '100 years'`,
];
/** Rows that nothing has written: of the tenant, at this instant. */
const written = (table: string, each: string): string => `select (jsonb_populate_record(null::kept, jsonb_build_object(
  'id', gen_random_uuid(), 'tenant_id', tenant.id, 'created_at', now(), 'channel', 'email', 'to_address', '${table}',
  'subject', 'Planted', 'version', 0))).* from tenant, unnest(array[${each}])`;
/** Two messages of one event. */
const messages = `select (jsonb_populate_record(null::kept, jsonb_build_object('id', gen_random_uuid(),
  'tenant_id', e.tenant_id, 'webhook_id', e.tenant_id, 'event_name', e.name, 'payload', jsonb_build_object(
  'timestamp', e.at, 'data', jsonb_build_object('entityId', e.entity_id))))).*
  from (select * from outbox_event order by id limit 1) e, unnest(array[1, 2])`;
const early = `id = (select min(id) from outbox_event where entity_id =
  (select entity_id from outbox_event group by 1 having count(*) > 1 order by 1 limit 1))`;
const plants: Record<string, [plant: string, undo: string]> = {
  'two decisions on one step': instead('decision', 'select * from kept union all select * from kept'),
  'a step decided without its decision': instead('decision', 'select * from kept where false'),
  'a decision that its step does not show': [
    `update decision set decision = 'skipped'`,
    `update decision set decision = 'approved'`,
  ],
  'an event without its position': [
    'update outbox_event set position = null where position = 1',
    'update outbox_event set position = 1 where position is null',
  ],
  'an event not delivered': [
    'update outbox_event set delivered_at = null where position = 1',
    'update outbox_event set delivered_at = now() where position = 1',
  ],
  'a gap in the positions': shifted('outbox_event', 'position', 'id = (select max(id) from outbox_event)'),
  'events out of order': shifted('outbox_event', 'seq', early),
  'a process that has not read all': shifted('process', 'seen_seq', lifecycle),
  'a process that neither ended nor waits': [
    `update process set status = 'running' where ${lifecycle}`,
    `update process set status = 'waiting' where ${lifecycle}`,
  ],
  'an open process that says no sentence': [
    `alter table process add column kept jsonb; update process set kept = waiting_for, waiting_for = null`,
    `update process set waiting_for = kept; alter table process drop column kept`,
  ],
  'a phase completed twice': instead('outbox_event', 'select * from kept union all select * from kept'),
  'a completed phase without its approval': instead('workflow_instance', 'select * from kept where false'),
  'a notification told twice': instead('notification', 'select * from kept union all select * from kept'),
  'an event there twice': instead('outbox_event', 'select * from kept union all select * from kept'),
  'an activity without its event': shiftedBack('pov_activity'),
  'an activity noted twice': instead('pov_activity', 'select * from kept union all select * from kept'),
  'a webhook message without an event of its own': instead('webhook_message', messages),
  'a notification without its event': [
    `update notification set template_id = 'x' || template_id`,
    'update notification set template_id = substr(template_id, 2)',
  ],
  'a mail without its event': instead('mail', written('mail', '1')),
  'a mail queued twice': instead('mail', written('mail', '1, 2')),
  'a process without its event': [
    `update outbox_event set tells = jsonb_build_array('kept', tells)`,
    `update outbox_event set tells = tells->1`,
  ],
  'a row of one tenant below a record of another': instead(
    'pov',
    'select (json_populate_record(kept, json_build_object(\'tenant_id\', gen_random_uuid()))).* from kept',
  ),
  'a version without its audit row': shifted('account', 'version'),
  'a row that another tenant reads': [
    'create policy leak on task for select using (true)',
    'drop policy leak on task',
  ],
  'a process that is closed and runs': [
    `update process set status = 'closed' where ${lifecycle}`,
    `update process set status = 'waiting' where ${lifecycle}`,
  ],
  'a workflow that runs without its process': instead('process', `select * from kept where type <> 'povLifecycle'`),
};

it('is tried with each fault that it looks for', () => expect(Object.keys(plants)).toEqual(invariants));

const versioned = ['pov', 'phase', 'milestone', 'team', 'team_member', 'workflow_instance', 'workflow_step', 'task'];
test.each(versioned)('finds a version of %s without its audit row', async table => {
  const [plant, undo] = shifted(table, 'version');
  await inDatabase(app, plant);
  const found = await broken(atOnce);
  await inDatabase(app, undo);
  expect(found).toContainEqual(expect.stringContaining(`without its audit row: ${table} `));
});

test.each(Object.entries({ ...plants, 'the workflow pov-lifecycle-': viewOf('process') }))(
  'finds %s',
  async (fault, [plant, undo]) => {
    await inDatabase(app, plant);
    const found = await broken(atOnce);
    await inDatabase(app, undo);
    expect(found).toContainEqual(expect.stringContaining(fault));
  },
);

it('and all of them are taken away again', async () => expect(await broken()).toEqual([]));

function viewOf(table: string): [plant: string, undo: string] {
  return [`update ${table} set stage = 'x' || stage`, `update ${table} set stage = substr(stage, 2)`];
}
