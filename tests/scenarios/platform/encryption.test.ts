import { readFile } from 'node:fs/promises';
import { randomBytes, randomUUID } from 'node:crypto';
import type { Payload } from '@temporalio/common';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  dataConverterOf,
  isEncrypted,
  type PayloadSettings,
} from '../../../activities/platform/payload/payload-codec.ts';
import { searchAttributes } from '../../../domain/platform/search-attributes.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import { brokenAfter } from '../../kit/faults/broken-after.ts';
import { headersIn, payloadsIn, rawHistory, readable, replay, type History } from '../../kit/histories.ts';
import { decide, lifecycleOf, newPov, phasesOf, staffedPov, submit } from '../../kit/pov.fixture.ts';
import { workflowBundle } from '../../kit/services.ts';

const title = 'Whispered Customer Ltd';
const key = (id: string): string => `${id}:${randomBytes(32).toString('base64')}`;
const k1 = key('k1'),
  k2 = key('k2');
const encrypting = (SECRET_KEYS: string): PayloadSettings => ({ SECRET_KEYS, ENCRYPT_PAYLOADS: true });

describe('with ENCRYPT_PAYLOADS', () => {
  let app: App, ids: string[];
  const settings = encrypting(`${k2},${k1}`);
  beforeAll(async () => {
    app = await bootApp({ env: { SECRET_KEYS: `${k2},${k1}`, ENCRYPT_PAYLOADS: 'true' } });
    const [manager, sales] = await Promise.all([app.as('manager'), app.as('sales')]);
    const { id } = await staffedPov(app, manager, { title });
    await app.settled();
    const [phase] = await phasesOf(manager, id);
    const instance = (await submit(manager, id, phase!.id, { comment: 'Whispered wish' })).body;
    await app.settled();
    await decide(sales, instance.id, 'reject', 'Whispered refusal');
    await app.settled();
    // One that fails, with a message and a stack.
    const failing = `pov-lifecycle-${randomUUID()}`;
    await app.engine.client.workflow.start('povLifecycle', {
      workflowId: failing,
      taskQueue: app.engine.taskQueue,
      args: [{ v: 1, tenantId: app.tenant.id, entityId: failing.slice(14) }],
    });
    await until('it has failed', async () => {
      const { status } = await app.engine.client.workflow.getHandle(failing).describe();
      return status.name === 'FAILED';
    });
    const { body } = await (await app.as('admin')).get<{ items: { workflowId: string }[] }>('/api/processes');
    ids = [...body.items.map(p => p.workflowId), failing];
    expect(ids).toEqual(expect.arrayContaining([`pov-lifecycle-${id}`, `wf-${instance.id}`]));
  });
  afterAll(() => app?.stop());

  const histories = async (): Promise<History[]> => Promise.all(ids.map(id => rawHistory(app, id)));

  it('[PLT-089] the engine keeps nothing that tells what a process is about', async () => {
    const kept = (await histories()).map(readable).join('\n');
    // Ids are kept as they are, so the search does find what is there.
    expect(kept).toContain(app.tenant.id);
    const told = /whispered|example|Planning|waiting for|record not found|\bat .+\.[jt]s:\d|webpack/gi;
    expect([...new Set(kept.match(told))]).toEqual([]);
  });

  it('[PLT-089] every payload is encrypted; headers hold ids and the time alone', async () => {
    const kept = await histories();
    const payloads = kept.flatMap(payloadsIn);
    expect(payloads.length).toBeGreaterThan(20);
    expect(payloads.filter(p => !isEncrypted(p)).map(p => Buffer.from(p.data ?? []).toString())).toEqual([]);
    const words = kept.flatMap(headersIn).join('\n').split('\n');
    const harmless = /^("?(process:)?([a-z]+-)*[0-9a-f]{8}-[0-9a-f-]{27}"?|\d+|json\/plain|)$/;
    expect([...new Set(words.filter(word => !harmless.test(word)))]).toEqual([]);
  });

  it('[PLT-089] its failures are readable by us alone', async () => {
    const failed = app.engine.client.workflow.getHandle(ids.at(-1)!);
    await expect(failed.result()).rejects.toMatchObject({ cause: { message: 'Record not found' } });
    const events = (await rawHistory(app, ids.at(-1)!)).events!;
    const { failure } = events.at(-1)!.workflowExecutionFailedEventAttributes!;
    expect([failure!.message, failure!.stackTrace]).toEqual(['Encoded failure', '']);
  });

  it('search attributes hold ids, states and instants only: nothing about a person', async () => {
    const shown = await Promise.all(
      ids.map(async id => (await app.engine.client.workflow.getHandle(id).describe()).typedSearchAttributes.getAll()),
    );
    const uuid = /^[0-9a-f]{8}-[0-9a-f-]{27}$/;
    for (const { key: { name }, value } of shown.flat()) {
      if (name.endsWith('Id')) expect(value).toMatch(uuid);
      else if (name === 'ProcessType') expect(value).toMatch(/^[a-zA-Z]+$/);
      else if (name === 'Stage') expect(value).toMatch(/^[\w -]+$/);
      else expect(['boolean', 'object']).toContain(typeof value);
    }
    expect(Object.keys(searchAttributes).filter(name => /name|mail|title|phone|text/i.test(name))).toEqual([]);
  });

  it('what it kept replays on the code of now', async () => {
    const code = await readFile((await workflowBundle(true)).codePath, 'utf8');
    for (const history of await histories()) await replay(history, code, 'encrypted', dataConverterOf(settings));
    expect(await brokenAfter(app, dataConverterOf(settings))).toEqual([]);
  });
});

describe('a running installation', () => {
  let app: App;
  beforeAll(async () => {
    app = await bootApp({ env: { SECRET_KEYS: k1 } });
  });
  afterAll(() => app?.stop());

  const restart = async (settings: PayloadSettings): Promise<void> => {
    await app.stopWorker();
    await app.startWorker(settings);
  };
  const change = async (id: string, objective: string): Promise<void> => {
    const manager = await app.as('manager');
    const before = (await lifecycleOf(manager, id)).timeline.length;
    await manager.patch(`/api/povs/${id}`, { objective });
    await until('it has read it', async () => (await lifecycleOf(manager, id)).timeline.length > before);
    // Between two tasks: a worker that is stopped in the middle of one may end with a fault of the SDK's.
    await app.settled();
  };
  const keysIn = (payloads: Payload[]): string[] => [
    ...new Set(payloads.map(p => Buffer.from(p.metadata?.['encryption-key-id'] ?? 'none').toString())),
  ];

  it('[PLT-090] is switched to encryption and to another key while a process runs', async () => {
    const { id } = await newPov(await app.as('manager'), { title });
    await app.settled();
    const workflowId = `pov-lifecycle-${id}`;
    expect(readable(await rawHistory(app, workflowId))).toContain(title);
    await restart(encrypting(k1));
    await change(id, 'Encrypted');
    await restart(encrypting(`${k2},${k1}`));
    await change(id, 'Rotated');
    await app.settled();
    expect(keysIn(payloadsIn(await rawHistory(app, workflowId)))).toEqual(expect.arrayContaining(['none', 'k1', 'k2']));
  });

  it('[PLT-090] whose worker lacks a key tries that process again, says why, and lets others go on', async () => {
    await restart(encrypting(`${k2},${k1}`));
    const manager = await app.as('manager');
    const { id } = await newPov(manager);
    await app.settled();
    await restart(encrypting(k1));
    await manager.patch(`/api/povs/${id}`, { objective: 'Unreadable for a while' });
    const failures = async () =>
      ((await rawHistory(app, `pov-lifecycle-${id}`)).events ?? []).flatMap(
        e => e.workflowTaskFailedEventAttributes?.failure ?? [],
      );
    await until('its task has failed', async () => (await failures()).length > 0);
    const [codec] = dataConverterOf(encrypting(k1)).payloadCodecs!;
    const [why] = await codec!.decode([(await failures())[0]!.encodedAttributes!]);
    expect(Buffer.from(why!.data!).toString()).toContain('is under the key k2, which is not in SECRET_KEYS');

    const other = await newPov(manager);
    await until('another one waits', async () => (await lifecycleOf(manager, other.id)).status === 'waiting');
    await restart(encrypting(`${k2},${k1}`));
    await app.settled();
    expect((await lifecycleOf(manager, id)).status).toBe('waiting');
    expect(await brokenAfter(app, dataConverterOf(encrypting(`${k2},${k1}`)))).toEqual([]);
  });
});
