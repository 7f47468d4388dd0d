import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Milestone } from '../../../domain/pov/milestone.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { brokenInvariants } from '../../kit/invariants.ts';
import { lifecycleOf, newPov, notificationsOf, phasesOf, type Listed } from '../../kit/pov.fixture.ts';
import { testTemporal } from '../../kit/services.ts';
import { spawnWorker, type WorkerProcess } from '../../kit/worker-process.ts';

let app: App;
afterAll(() => app?.stop());

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
    await app.stop();
  });
});

describe('machines whose clocks are an hour off', () => {
  let workers: WorkerProcess[] = [];
  afterEach(() => Promise.all(workers.map(w => w.kill('SIGTERM'))));

  it('[POV-030] whichever worker looks, a date passes when it is due, neither early nor late, once', async () => {
    const hour = 3_600_000;
    app = await bootApp({ worker: false, frozen: false });
    const manager = await app.as('manager');
    workers = await Promise.all([
      spawnWorker(app, { clockOffMs: hour }),
      spawnWorker(app, { clockOffMs: -hour }),
    ]);
    const soon = new Date(Date.now() + 4_000).toISOString(), later = new Date(Date.now() + hour / 2).toISOString();
    const povs = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const endDate = new Date(Date.now() + 9 * hour).toISOString();
        const { id } = await newPov(manager, { startDate: soon, endDate });
        const path = await milestonesOf(manager, id);
        for (const dueDate of [soon, later]) await manager.post(path, { name: dueDate, dueDate });
        return { id, path };
      }),
    );
    for (const { id, path } of povs) {
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
    const temporalAddress = (await testTemporal()).address;
    expect(await brokenInvariants({ ownerUrl: app.database.ownerUrl, temporalAddress })).toEqual([]);
  });
});
