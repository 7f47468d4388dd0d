import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Account } from '../../../domain/crm/account.ts';
import type { Pov } from '../../../domain/pov/pov.ts';
import { freePort } from '../../../bin/port.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import { client, signIn, type Client } from '../../kit/client.ts';
import { Heard } from '../../kit/live/heard.ts';
import { newContact, newInteraction, withAccountTypes } from '../../kit/crm.fixture.ts';
import { brokenAfter } from '../../kit/faults/broken-after.ts';
import { effectsOn } from '../../kit/faults/effects.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { password } from '../../kit/people.ts';
import { fiftyDays, lifecycleOf } from '../../kit/pov.fixture.ts';
import { spawnProgram, type Program } from '../../kit/program.ts';
import { builtWeb } from '../../kit/services.ts';
import { bundleFolder, spawnWorker, type WorkerProcess } from '../../kit/worker-process.ts';

/** The API of this process has no relay: what the other one has not delivered waits for the worker. */
let app: App, worker: WorkerProcess | undefined;
/** Still there where a test has failed before its death. */
let dying: Program | undefined;
beforeAll(async () => {
  [app] = await Promise.all([bootApp({ worker: false, relay: false, frozen: false }), builtWeb()]);
  await withAccountTypes(app.tenant.id);
}, 180_000);
beforeEach(async () => {
  await worker?.kill('SIGTERM');
  worker = undefined;
});
afterAll(async () => {
  await worker?.kill('SIGTERM');
  await dying?.kill('SIGKILL');
  await app?.stop();
});

const killPoint = new URL('../../kit/faults/kill-point.ts', import.meta.url).href;

/** An API with a relay of its own, which kills itself as soon as that verb's first commit has been answered. */
async function deadlyApi(verb: string): Promise<{ program: Program; url: string }> {
  const port = await freePort();
  const env = {
    ...app.env, NODE_ENV: 'production', PORT: String(port), SESSION_SECRET: app.sessionSecret,
    DATA_DIR: await bundleFolder(), KILL_AFTER: `${verb}:1`,
  };
  const flags = ['--import', killPoint];
  const program = await spawnProgram({ main: 'api/main.ts', says: 'API is up', env, flags });
  return { program, url: `http://127.0.0.1:${port}` };
}

interface Sent {
  method: 'post' | 'patch';
  path: string;
  body: object;
}
/** Sends to the API that dies of it, then, with the same key, twice to the other one: all that the two said. */
async function sentThroughDeath<T>(
  verb: string, { method, path, body }: Sent, status = method === 'post' ? 201 : 200,
): Promise<T[]> {
  const { program, url } = await deadlyApi(verb);
  dying = program;
  const [there, here] = await Promise.all([url, app.url].map(at => signIn(at, app.tenant.slug, 'manager', password)));
  const key = { 'Idempotency-Key': randomUUID() };
  const answer = await there![method]<T>(path, body, key).catch(() => null);
  expect(answer).toBeNull();
  expect(await program.ended).toBe('SIGKILL');
  const again = [await here![method]<T>(path, body, key), await here![method]<T>(path, body, key)];
  expect(again.map(a => a.status)).toEqual([status, status]);
  return again.map(a => a.body);
}

const delivered = (): Promise<void> =>
  until('all is delivered', async () =>
    (await inDatabase(app, 'select 1 from outbox_event where delivered_at is null')).length === 0, 60_000);
const told = (name: string, entityId: string) =>
  inDatabase<{ n: number }>(
    app, 'select count(*)::int as n from outbox_event where name = $1 and entity_id = $2', [name, entityId],
  );

/** What an open page hears of it, until it has heard what comes after. */
async function heardOf(by: Client, work: () => Promise<void>): Promise<Heard> {
  const heard = await Heard.open(app.url, by);
  await work();
  const last = `Last ${randomUUID()}`;
  expect((await by.post('/api/povs', { title: last, ...fiftyDays })).status).toBe(201);
  await until('the page has heard what came last', async () => heard.times(last) > 0, 60_000);
  heard.close();
  return heard;
}

describe('an API killed with -9 between the commit of a write and its answer', () => {
  it('[PLT-104] [PLT-066] a POV: asked again, the first answer; made, told and started once', async () => {
    const manager = await app.as('manager');
    const title = `POV ${randomUUID()}`;
    let pov: Pov;
    const heard = await heardOf(manager, async () => {
      const answers = await sentThroughDeath<{ data: Pov }>('createPov', {
        method: 'post', path: '/api/povs', body: { title, ...fiftyDays },
      });
      expect(answers[0]).toEqual(answers[1]);
      pov = answers[0]!.data;
      worker = await spawnWorker(app);
      await delivered();
    });
    expect(heard.times(`"title":"${title}"`)).toBe(1);
    const { id } = pov!;
    expect(await inDatabase(app, 'select id from pov where title = $1', [title])).toEqual([{ id }]);
    await until('its process waits', async () => (await lifecycleOf(manager, id)).status === 'waiting', 60_000);
    expect(await effectsOn(app, id)).toEqual(expect.arrayContaining(['event pov.pov.created ×1']));
    expect(await brokenAfter(app)).toEqual([]);
  }, 180_000);

  it('[PLT-104] a record and its change: each is there once, with one audit row and one event', async () => {
    const name = `Account ${randomUUID()}`;
    const [made, twice] = await sentThroughDeath<Account>('addAccount', {
      method: 'post', path: '/api/accounts?force=true', body: { accountName: name, accountType: 'Customer' },
    });
    expect(made).toEqual(twice);
    const { id } = made!;
    const changes = await sentThroughDeath<Account>('patchAccount', {
      method: 'patch', path: `/api/accounts/${id}`, body: { industry: 'Rail' },
    });
    expect(changes.map(a => [a.industry, a.version])).toEqual([['Rail', 2], ['Rail', 2]]);
    worker = await spawnWorker(app);
    await delivered();
    expect(await inDatabase(app, 'select id, version from account where account_name = $1', [name])).toEqual([
      { id, version: 2 },
    ]);
    for (const event of ['crm.account.created', 'crm.account.changed'])
      expect([event, await told(event, id)]).toEqual([event, [{ n: 1 }]]);
    expect((await client(app.url, {}).get('/api/health/live')).status).toBe(200);
    expect(await brokenAfter(app)).toEqual([]);
  }, 180_000);

  it('[PLT-104] [CRM-035] a merge: two are one, what belonged to the other moved, and it is told once', async () => {
    const manager = await app.as('manager');
    const [kept, gone] = [
      await newContact(manager, { lastName: randomUUID() }), await newContact(manager, { lastName: randomUUID() }),
    ];
    const call = await newInteraction(manager, { contactId: gone.id });
    const answers = await sentThroughDeath<{ mergeId: string }>('mergeContacts', {
      method: 'post', path: '/api/contacts/merge', body: { survivorId: kept.id, mergedIds: [gone.id] },
    }, 200);
    expect(answers[0]).toEqual(answers[1]);
    worker = await spawnWorker(app);
    await delivered();
    expect(await inDatabase(app, 'select id, survivor_id, merged_ids from record_merge')).toEqual([
      { id: answers[0]!.mergeId, survivor_id: kept.id, merged_ids: [gone.id] },
    ]);
    expect(await inDatabase(app, 'select merged_into_id, version from contact where id = $1', [gone.id])).toEqual([
      { merged_into_id: kept.id, version: 2 },
    ]);
    expect(await inDatabase(app, 'select contact_id, version from interaction where id = $1', [call.id])).toEqual([
      { contact_id: kept.id, version: 2 },
    ]);
    expect(await told('crm.contact.merged', kept.id)).toEqual([{ n: 1 }]);
    expect(await told('crm.contact.deleted', gone.id)).toEqual([{ n: 1 }]);
    expect(await brokenAfter(app)).toEqual([]);
  }, 180_000);
});
