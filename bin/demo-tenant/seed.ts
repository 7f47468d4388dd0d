import pg from 'pg';
import { createTenant } from '../../activities/platform/new-tenant.ts';
import { createUser } from '../../activities/platform/identity/create-user.ts';
import { markAllNotificationsRead } from '../../activities/platform/notification/mark-all-notifications-read.ts';
import { systemActor } from '../../activities/platform/system-actor.ts';
import { run } from '../../activities/platform/verb.ts';
import { openOrm } from '../../db/platform/orm.ts';
import { readerOf } from '../../db/platform/reader.ts';
import { sql } from '../../db/platform/sql.ts';
import type { DemoSeed } from '../demo.ts';
import { seedDefaults } from '../tenant-defaults.ts';
import { dealingsOf } from './activities.ts';
import { actorsOf } from './actors.ts';
import { meetCompanies } from './crm.ts';
import { writeLetters } from './letters.ts';
import { openWarehouses } from './warehouses.ts';
import { late } from './closed-story.ts';
import { nextWakeAt, settleProcesses } from './engine.ts';
import { meetPartners } from './partners.ts';
import { people, type Person } from './people.ts';
import { salesOf } from './pipeline.ts';
import { openPov, play, type Stage } from './play.ts';
import { early, running, type PovStory } from './story.ts';

const day = 86_400_000;

/**
 * Fills the demo tenant by living its past: the tenant's clock is set to each moment in turn and the product's own
 * verbs do what people did then, so that every row, audit entry and event is what it would be.
 */
export async function seedDemo({ ownerUrl, appUrl, tenant: slug, password, say }: DemoSeed): Promise<void> {
  // A story that a crash cuts short is told again, so its commits need not wait for the disk.
  const orm = await openOrm(
    Object.assign(new URL(appUrl), { search: '?options=-c%20synchronous_commit%3Doff' }).href,
    4,
  );
  const owner = new pg.Client({ connectionString: ownerUrl });
  await owner.connect();
  try {
    await owner.query(`delete from tenant where settings ? 'seeding'`);
    const tenantId = await createTenant({ name: 'Meridian Edge', slug, timeZone: 'Europe/Oslo', sandbox: true });
    // A half-told story is worse than none: while this is set, a start tells it again.
    await owner.query(`update tenant set settings = settings || '{"seeding": true}' where id = $1`, [tenantId]);
    const stage = await peopled(tenantId, password);
    await live(stage, clockOf(owner, tenantId), say);
    await owner.query(`update tenant set settings = settings - 'seeding' where id = $1`, [tenantId]);
  } finally {
    await owner.end();
    await orm.close();
  }
}

async function peopled(tenantId: string, password: string): Promise<Stage> {
  const system = { actor: systemActor(tenantId) },
    ids = new Map<Person, string>();
  for (const [username, fullName, role] of people) {
    ids.set(
      username,
      (await run(createUser, { username, fullName, role, password, email: `${username}@meridian.example` }, system)).id,
    );
  }
  await seedDefaults(tenantId);
  const template = await readerOf(tenantId).row<{ id: string }>(sql`select id from phase_template where is_default`);
  const today = Math.floor(Date.now() / day) * day;
  return {
    tenantId,
    templateId: template!.id,
    as: actorsOf(tenantId, ids),
    id: who => ids.get(who)!,
    at: (n, hour = 8) => new Date(today + n * day + hour * 3_600_000).toISOString(),
    settle: () => settleProcesses(tenantId),
  };
}

interface DemoClock {
  set(at: number): Promise<void>;
  free(): Promise<void>;
}
const clockOf = (owner: pg.Client, tenantId: string): DemoClock => ({
  set: async at => {
    await owner.query(
      `insert into tenant_clock (tenant_id, frozen_at) values ($1, $2)
      on conflict (tenant_id) do update set frozen_at = excluded.frozen_at, version = tenant_clock.version + 1`,
      [tenantId, new Date(at)],
    );
  },
  free: async () => {
    await owner.query(
      'update tenant_clock set frozen_at = null, offset_ms = 0, version = version + 1 where tenant_id = $1',
      [tenantId],
    );
  },
});

async function live(stage: Stage, clock: DemoClock, say: DemoSeed['say']): Promise<void> {
  const povIds = new Map<PovStory, string>();
  let companies: ReadonlyMap<string, string> = new Map();
  const scenes = [...running, ...early, ...late]
    .flatMap(story => [
      {
        at: Date.parse(stage.at(story.created)),
        act: async () => {
          povIds.set(story, await openPov(stage, story));
        },
      },
      ...story.moves.map((move, i) => ({
        // In the order of the story, an hour after midnight of the day it was; nothing in the future.
        at: Date.parse(stage.at(move[0], 9)) + i * 60_000,
        act: () => play(stage, story, povIds.get(story)!, move),
      })),
    ])
    .concat(newsRead(stage), salesOf(stage, company => companies.get(company)!), dealingsOf(stage))
    .filter(s => s.at < Date.now())
    .sort((a, b) => a.at - b.at);
  await clock.set(scenes[0]!.at);
  companies = await meetPartners(stage, await meetCompanies(stage));
  await openWarehouses(stage);
  await writeLetters(stage);
  for (const [n, scene] of scenes.entries()) {
    await passTime(stage, clock, scene.at);
    await scene.act();
    await stage.settle();
    if (n % 20 === 0) say(`${n} of ${scenes.length}`);
  }
  await passTime(stage, clock, Date.now());
  await clock.free();
}

/** People read their notifications: what is unread is of the last days. */
const newsRead = (stage: Stage): { at: number; act: () => Promise<void> }[] =>
  [-20, -3].map(n => ({
    at: Date.parse(stage.at(n, 15)),
    act: async () => {
      for (const [who] of people) await run(markAllNotificationsRead, {}, stage.as(who));
    },
  }));

/** Up to the instant, stopping wherever a process is due. */
async function passTime(stage: Stage, clock: DemoClock, to: number): Promise<void> {
  for (let next = await nextWakeAt(stage.tenantId); next <= to; next = await nextWakeAt(stage.tenantId)) {
    await clock.set(next);
    await stage.settle();
  }
  await clock.set(to);
}
