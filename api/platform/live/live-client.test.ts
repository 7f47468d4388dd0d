import { Writable } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import type { Response } from 'express';
import type { EventRow } from '../../../db/platform/events.query.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import { abilityFor } from '../../../domain/platform/permission.ts';
import type { Reader } from '../../../db/platform/reader.ts';
import { LiveClient } from './live-client.ts';

const userId = '018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a01';
const actor: Actor = {
  ...{ kind: 'user', tenantId: userId, userId, key: `user:${userId}`, name: 'Sales', role: 'SALESPERSON' },
  ...{ permissions: [], ability: abilityFor([], userId) },
};
const events = (n: number, body: string): EventRow[] =>
  Array.from({ length: n }, (_, i) => ({
    ...{ position: i + 1, name: 'platform.notification.created', at: '2026-11-24T09:00:00.000Z', actor: 'system' },
    ...{
      actorName: 'system',
      entityId: userId,
      storyId: userId,
      summary: 'notified',
      payload: { body },
      concerns: [userId],
    },
  }));

/** A connection whose reader takes everything, or nothing at all. */
function connection(reads: boolean): { res: Response; written: string[] } {
  const written: string[] = [];
  const stream = new Writable({
    write(chunk: Buffer, _encoding, done) {
      written.push(String(chunk));
      if (reads) done();
    },
  });
  return { res: stream as Response, written };
}

const nothing: Reader = { tenantId: userId, each: async () => [], rows: async () => [], row: async () => undefined };
/** A client that has missed nothing. */
async function following(res: Response): Promise<LiveClient> {
  const client = new LiveClient(res, actor, nothing);
  await client.catchUp(0, { position: 0, stop: () => {} });
  return client;
}
const told = (): Promise<void> => new Promise(resolve => void setImmediate(resolve));

describe('a client of the live stream', () => {
  test('hears every event once, in order, each with its position', async () => {
    const { res, written } = connection(true);
    const client = await following(res);
    client.hear(events(3, 'a'));
    client.hear(events(4, 'a'));
    await told();
    expect(written.join('').match(/^id: \d+$/gm)).toEqual(['id: 1', 'id: 2', 'id: 3', 'id: 4']);
  });

  test('is dropped when a megabyte waits for it unread, at an event or at a heartbeat', async () => {
    const { res } = connection(false);
    const client = await following(res);
    client.hear(events(20, 'x'.repeat(100_000)));
    await told();
    expect(res.destroyed).toBe(true);
  });

  test('is dropped when thousands of events wait to be told', async () => {
    const { res } = connection(false);
    (await following(res)).hear(events(5001, ''));
    expect(res.destroyed).toBe(true);
  });

  test('hears nothing more once it is gone', async () => {
    const { res, written } = connection(true);
    const client = await following(res);
    res.destroy();
    client.hear(events(2, 'a'));
    await told();
    expect(written).toEqual([]);
  });
});
