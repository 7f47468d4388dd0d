import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { Notification } from '../../../db/platform/notification.entity.ts';
import { openOrm, type Orm } from '../../../db/platform/orm.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { cloneDatabase, type TestDatabase } from '../../../tests/kit/database.ts';
import { makeTenant } from '../../../tests/kit/people.ts';
import { actorOf } from '../../../tests/kit/tenant.ts';
import { run, verb, type Caller } from '../verb.ts';
import { messageId } from './message-id.ts';

let database: TestDatabase, orm: Orm, admin: Caller, userId: string;
beforeAll(async () => {
  database = await cloneDatabase();
  orm = await openOrm(database.appUrl, 10);
  const tenant = await makeTenant();
  userId = tenant.users.sales;
  admin = { actor: actorOf(tenant.id, 'ADMIN', tenant.users.admin) };
});
afterAll(async () => {
  await orm?.close();
  await database?.drop();
});

/** Tells it so many times in one transaction, which is lost in the end if that is wanted. */
const tell = verb(
  {
    name: 'tell', needs: 'user:manage', output: z.null(),
    input: z.object({ referenceId: z.uuid().nullable(), body: z.string(), times: z.int(), lost: z.boolean() }),
  },
  async (ctx, { referenceId, body, times, lost }) => {
    for (let n = 0; n < times; n += 1) {
      const words = { userId, templateId: 'task-reminder', referenceId, subject: 'Call Acme', body };
      const id = await messageId(ctx, { ...words, channel: 'email' });
      ids.push(id);
      ctx.em.create(Notification, { ...words, id, type: 'email', status: 'pending', metadata: {} });
    }
    if (lost) throw new Refusal('conflict', 'Lost');
    return null;
  },
);
const ids: string[] = [];
async function told(body: string, more: object = {}): Promise<string[]> {
  const before = ids.length;
  await run(tell, { referenceId: task, body, times: 1, lost: false, ...more }, admin).catch((e: unknown) => {
    if (!(e instanceof Refusal)) throw e;
  });
  return ids.slice(before);
}
const task = randomUUID();

it('told again after it was lost, the same of the same record has the same id', async () => {
  const lost = await told('At noon', { times: 9, lost: true });
  expect(new Set(lost).size).toBe(9);
  expect([...(await told('At noon')), ...(await told('At noon', { times: 8 }))]).toEqual(lost);
});

it('other words, another record or none make it another message', async () => {
  const [first] = await told('At one', { lost: true });
  const others = [
    ...(await told('At two')), ...(await told('At one', { referenceId: randomUUID() })),
    ...(await told('At one', { referenceId: null, lost: true })), ...(await told('At one', { referenceId: null })),
  ];
  expect(new Set([first, ...others]).size).toBe(5);
});

it('ten at once do not take one id', async () => {
  await Promise.all(Array.from({ length: 10 }, () => told('All at once')));
  expect(new Set(ids.slice(-10)).size).toBe(10);
});
