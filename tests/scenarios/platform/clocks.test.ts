import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { freePort } from '../../../bin/port.ts';
import type { Milestone } from '../../../domain/pov/milestone.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import { signIn, type Client } from '../../kit/client.ts';
import { brokenAfter } from '../../kit/faults/broken-after.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { lifecycleOf, newPov, notificationsOf, phasesOf, type Listed } from '../../kit/pov.fixture.ts';
import { password } from '../../kit/people.ts';
import { spawnProgram, type Program } from '../../kit/program.ts';
import { builtWeb } from '../../kit/services.ts';
import { bundleFolder, spawnWorker } from '../../kit/worker-process.ts';

let app: App;

const clockOff = new URL('../../kit/faults/clock-off.ts', import.meta.url).href;

/** The path of the milestones of a new POV's first phase. */
async function milestonesOf(by: Client, povId: string): Promise<string> {
  const [phase] = await phasesOf(by, povId);
  return `/api/povs/${povId}/phases/${phase!.id}/milestones`;
}
const overdue = (povId: string) =>
  inDatabase<{ at: Date }>(
    app,
    `select at from outbox_event where name = 'pov.milestone.overdue' and story_id = $1 order by id`,
    [povId],
  );

describe('a calendar with odd days', () => {
  let manager: Client;
  beforeAll(async () => {
    app = await bootApp();
    manager = await app.as('manager');
    const admin = await app.as('admin');
    expect((await admin.patch('/api/admin/settings', { timeZone: 'Europe/Berlin' })).status).toBe(200);
  });
  afterAll(() => app?.stop());

  it('[POV-030] a date passes at its instant, once: end of month and year, changed clocks, 29 February', async () => {
    const odd = [
      '2026-12-31T22:59:59.000Z',
      '2026-12-31T23:00:00.000Z',
      '2027-01-31T22:59:00.000Z',
      // The hour that Berlin leaves out, and New York before it.
      '2027-03-14T07:00:00.000Z',
      '2027-03-28T00:59:00.000Z',
      '2027-03-28T01:00:00.000Z',
      // The half hour that Lord Howe has twice.
      '2027-04-03T14:45:00.000Z',
      '2027-04-03T15:15:00.000Z',
      // Half past two in Berlin, twice.
      '2027-10-31T00:30:00.000Z',
      '2027-10-31T01:30:00.000Z',
      '2028-02-29T22:30:00.000Z',
      '2028-03-01T00:00:00.000Z',
    ];
    const { id } = await newPov(manager, { startDate: '2026-11-25T09:00:00Z', endDate: '2028-06-01T09:00:00Z' });
    const path = await milestonesOf(manager, id);
    // Made in another order than that of their dates.
    for (const dueDate of [...odd].sort((a, b) => a.slice(14).localeCompare(b.slice(14))))
      expect((await manager.post(path, { name: `Due ${dueDate}`, dueDate })).status).toBe(201);
    await app.advance({ to: '2027-10-31T01:00:00Z' });
    expect(await lifecycleOf(manager, id)).toMatchObject({ nextWakeAt: '2027-10-31T01:30:00.000Z' });
    await app.advance({ to: '2028-03-02T00:00:00Z' });
    expect((await overdue(id)).map(e => e.at.toISOString())).toEqual(odd);
    const told = (await notificationsOf(manager, id)).map(n => n.subject);
    expect(odd.filter(at => told.filter(subject => subject.includes(at)).length !== 1)).toEqual([]);
  }, 120_000);

  it('[PLT-075] a daily digest comes at eight by the wall, also around the days of changed clocks', async () => {
    const [admin, sales] = await Promise.all([app.as('admin'), app.as('sales')]);
    const mailed = async (): Promise<string[]> =>
      (await inDatabase<{ at: Date }>(
        app, `select created_at as at from mail where subject like 'Your daily digest%' order by 1`,
      )).map(m => m.at.toISOString());
    const eights = {
      'America/New_York': ['2028-03-11T13:00:00.000Z', '2028-03-12T12:00:00.000Z', '2028-03-13T12:00:00.000Z'],
      'Europe/Berlin': ['2028-03-25T07:00:00.000Z', '2028-03-26T06:00:00.000Z', '2028-03-27T06:00:00.000Z'],
      // The hour comes back a week later in New York than in Berlin.
      'Europe/Paris': ['2028-10-28T06:00:00.000Z', '2028-10-29T07:00:00.000Z'],
      'America/Toronto': ['2028-11-04T12:00:00.000Z', '2028-11-05T13:00:00.000Z'],
    };
    for (const [timeZone, times] of Object.entries(eights)) {
      await sales.put('/api/digest-preferences', { every: 'off' });
      expect((await admin.patch('/api/admin/settings', { timeZone })).status).toBe(200);
      await app.advance({ to: new Date(Date.parse(times[0]!) - 7_200_000).toISOString() });
      await sales.put('/api/digest-preferences', { every: 'daily' });
      await app.settled();
      for (const at of times) {
        await admin.post('/api/notifications', { userId: sales.userId, subject: 'Maintenance', body: 'Tonight' });
        const before = await mailed();
        await app.advance({ to: new Date(Date.parse(at) - 1000).toISOString() });
        expect([at, await mailed()]).toEqual([at, before]);
        await app.advance({ to: at });
        expect(await mailed()).toEqual([...before, at]);
      }
    }
    expect(await brokenAfter(app)).toEqual([]);
  }, 180_000);
});

describe('machines whose clocks are an hour off', () => {
  let programs: Program[] = [];
  afterAll(async () => {
    await Promise.all(programs.map(p => p.kill('SIGTERM')));
    await app?.stop();
  });

  /** An API whose clock is off, as somebody who is signed in there sees it. */
  async function apiOff(offMs: number): Promise<Client> {
    const port = await freePort();
    const env = {
      ...app.env, NODE_ENV: 'production', PORT: String(port), SESSION_SECRET: app.sessionSecret,
      DATA_DIR: await bundleFolder(), CLOCK_OFF_MS: String(offMs),
    };
    const flags = ['--import', clockOff];
    programs.push(await spawnProgram({ main: 'api/main.ts', says: 'API is up', env, flags }));
    return signIn(`http://127.0.0.1:${port}`, app.tenant.slug, 'manager', password);
  }

  it('[POV-030] whichever API and worker look, a date passes when it is due, not early, not late, once', async () => {
    const hour = 3_600_000;
    [app] = await Promise.all([bootApp({ worker: false, frozen: false }), builtWeb()]);
    programs = await Promise.all([
      spawnWorker(app, { clockOffMs: hour }),
      spawnWorker(app, { clockOffMs: -hour }),
    ]);
    const managers = [await app.as('manager'), await apiOff(hour), await apiOff(-hour)];
    const begun = Date.now();
    const soon = new Date(Date.now() + 4_000).toISOString(), later = new Date(Date.now() + hour / 2).toISOString();
    const povs = await Promise.all(
      Array.from({ length: 6 }, async (_, n) => {
        const manager = managers[n % managers.length]!;
        const endDate = new Date(Date.now() + 9 * hour).toISOString();
        const { id, createdAt } = await newPov(manager, { startDate: soon, endDate });
        expect(Math.abs(Date.parse(createdAt) - begun)).toBeLessThan(hour / 4);
        const path = await milestonesOf(manager, id);
        for (const dueDate of [soon, later]) await manager.post(path, { name: dueDate, dueDate });
        return { id, path, manager };
      }),
    );
    for (const { id, path, manager } of povs) {
      const statuses = async (): Promise<string[]> =>
        (await manager.get<Listed<Milestone>>(path)).body.items.map(m => `${m.dueDate} ${m.status}`).sort();
      await until('the first is overdue', async () => (await statuses())[0] === `${soon} OVERDUE`);
      await until('it waits for the other', async () => (await lifecycleOf(manager, id)).nextWakeAt === later);
      expect(await statuses()).toEqual([`${soon} OVERDUE`, `${later} PENDING`]);
      const [passed, ...more] = await overdue(id);
      expect(more).toEqual([]);
      expect(passed!.at.getTime()).toBeGreaterThanOrEqual(Date.parse(soon));
      expect(passed!.at.getTime()).toBeLessThan(Date.parse(soon) + hour / 4);
      expect((await notificationsOf(manager, id)).filter(n => n.subject.includes(soon))).toHaveLength(1);
    }
    await app.settled();
    expect(await brokenAfter(app)).toEqual([]);
  }, 180_000);
});
