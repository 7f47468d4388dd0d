import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { EventView } from '../../../domain/platform/event.contract.ts';
import { closeStreams } from '../../../api/platform/live/stream.routes.ts';
import { povChanged } from '../../../domain/pov/pov.contract.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { Heard } from '../../kit/live/heard.ts';
import { makeTenant } from '../../kit/people.ts';
import { join, newPov } from '../../kit/pov.fixture.ts';

let app: App, admin: Client, sales: Client, sales2: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false, frozen: false });
  [admin, sales, sales2] = await Promise.all([app.as('admin'), app.as('sales'), app.as('sales2')]);
});
afterAll(() => app?.stop());

const hear = (who: Client, headers: Record<string, string> = {}, query = ''): Promise<Heard> =>
  Heard.open(app.url, who, headers, query);

let nth = 0;
/** A notification: an event that concerns one user. */
const tell = async (userId: string): Promise<string> => {
  const subject = `Message ${(nth += 1)}`;
  expect((await admin.post('/api/notifications', { userId, subject, body: 'Hello' })).status).toBe(201);
  return subject;
};
const subjects = (events: EventView[]): unknown[] => events.map(e => e.payload['subject']);
const replay = async (who: Client, query = ''): Promise<{ items: EventView[]; nextAfter: number }> =>
  (await who.get<{ items: EventView[]; nextAfter: number }>(`/api/events${query}`)).body;

describe('the live stream', () => {
  it('[PLT-066] tells those concerned at once, and nobody else', async () => {
    const [mine, theirs, boss] = [await hear(sales), await hear(sales2), await hear(admin)];
    const subject = await tell(sales.userId);
    await until('sales hears it', async () => mine.events.length > 0);
    expect(mine.events[0]).toMatchObject({
      name: 'platform.notification.created',
      actorName: 'Admin Example',
      position: Number(mine.lastId),
      payload: { subject },
    });
    const second = await tell(sales2.userId);
    await until('sales2 hears the second', async () => theirs.events.length > 0);
    expect([subjects(theirs.events), subjects(boss.events)]).toEqual([[second], []]);
    for (const heard of [mine, theirs, boss]) heard.close();
  });

  it('[PLT-066] resumes after Last-Event-ID without a gap and without a double', async () => {
    const first = await hear(sales);
    const one = await tell(sales.userId);
    await until('the first is heard', async () => first.events.length === 1);
    first.close();
    const missed = [await tell(sales.userId), await tell(sales.userId)];
    const again = await hear(sales, { 'Last-Event-ID': first.lastId });
    const after = await hear(sales, {}, `?after=${Number(first.lastId) - 1}`);
    const live = await tell(sales.userId);
    await until('all is heard', async () => again.events.length >= 3 && after.events.length >= 4);
    expect(subjects(again.events)).toEqual([...missed, live]);
    expect(subjects(after.events)).toEqual([one, ...missed, live]);
    again.close();
    after.close();
  });

  it('[PLT-066] keeps the order of a burst that comes while it catches up', async () => {
    const start = (await replay(sales)).nextAfter;
    const sent = Array.from({ length: 30 }, () => tell(sales.userId));
    const heard = await Promise.all([1, 2, 3].map(() => hear(sales, { 'Last-Event-ID': `${start}` })));
    await Promise.all(sent);
    await until('everyone heard all', async () => heard.every(h => h.events.length >= 30));
    for (const h of heard) {
      const positions = h.events.map(e => e.position);
      expect(positions).toEqual([...new Set(positions)].sort((a, b) => a - b));
      expect(positions).toHaveLength(30);
      h.close();
    }
  });

  it('[POV-024] tells of a POV to its team, as soon as somebody joins and until somebody leaves', async () => {
    const manager = await app.as('manager');
    const pov = await newPov(manager, { title: 'Before' });
    const heard = await hear(sales2);
    const names = (): unknown[] =>
      heard.events.filter(e => e.name === povChanged.name && e.storyId === pov.id).map(e => e.payload['title']);
    const rename = (title: string): Promise<unknown> => manager.patch(`/api/povs/${pov.id}`, { title });
    await rename('Unheard');
    const first = await tell(sales2.userId);
    await until('what came after it is heard', async () => subjects(heard.events).includes(first));
    const { body: member } = await join(manager, pov.id, sales2.userId, 'TECHNICAL_TEAM');
    await rename('Heard');
    await until('the new member hears', async () => names().includes('Heard'));
    expect(names()).not.toContain('Unheard');
    expect((await manager.delete(`/api/povs/${pov.id}/team/members/${member.id}`)).status).toBeLessThan(300);
    await rename('Unheard again');
    const last = await tell(sales2.userId);
    await until('what came after it is heard', async () => subjects(heard.events).includes(last));
    expect(names()).not.toContain('Unheard again');
    heard.close();
  });

  it('[PLT-002] tells nothing of another tenant', async () => {
    const tenant = await makeTenant();
    const stranger = await app.as('admin', tenant);
    const heard = await hear(stranger, { 'Last-Event-ID': '0' });
    const own = await hear(sales);
    await tell(sales.userId);
    await until('sales hears it', async () => own.events.length > 0);
    expect([heard.events, (await replay(stranger)).items]).toEqual([[], []]);
    heard.close();
    own.close();
  });

  it('[PLT-023] needs a session', async () => {
    expect((await app.anonymous.get('/api/stream')).status).toBe(401);
  });

  it('[PLT-106] ends when the process stops, and begins anew', async () => {
    const heard = await hear(sales);
    await closeStreams();
    await until('the stream ends', async () => heard.ended);
    const again = await hear(sales);
    const subject = await tell(sales.userId);
    await until('a new one works', async () => subjects(again.events).includes(subject));
    again.close();
  });
});

describe('events to read again', () => {
  it('[PLT-066] come in order of position, page by page, by name', async () => {
    const told = [await tell(sales2.userId), await tell(sales2.userId), await tell(sales2.userId)];
    await until('they are stamped', async () => subjects((await replay(sales2, '?limit=500')).items).includes(told[2]));
    const all = (await replay(sales2, '?limit=500')).items;
    expect(subjects(all)).toEqual(expect.arrayContaining(told));
    const first = await replay(sales2, '?limit=2');
    const rest = await replay(sales2, `?limit=500&after=${first.nextAfter}`);
    expect([...first.items, ...rest.items]).toEqual(all);
    expect((await replay(sales2, `?after=${rest.nextAfter}`)).items).toEqual([]);
    expect((await replay(sales2, '?name=platform.notification.*&limit=1')).items).toEqual(all.slice(0, 1));
    expect((await replay(sales2, '?name=pov.created')).items).toEqual([]);
    expect((await sales2.get('/api/events?after=-1')).status).toBe(400);
  });

  it('[PLT-066] go on past those that are not the caller’s to see', async () => {
    const before = (await replay(sales2, '?limit=500')).nextAfter;
    for (let i = 0; i < 4; i++) await tell(sales.userId);
    const mine = await tell(sales2.userId);
    await until('it is stamped', async () =>
      subjects((await replay(sales2, `?after=${before}&limit=1`)).items).includes(mine),
    );
  });
});
