import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import type { z } from 'zod';
import { connected } from '../../bin/database-roles.ts';
import { openOrm } from '../../db/platform/orm.ts';
import { readerOf, type Reader } from '../../db/platform/reader.ts';
import { sql } from '../../db/platform/sql.ts';
import type { Instance, OpenInstance } from '../../domain/approvals/instance.ts';
import { cloneDatabase } from './database.ts';
import { makeTenant, roles, testNow, type TestTenant, type Username } from './people.ts';
import { actorOf } from './tenant.ts';
import { until } from './until.ts';
import { processActor } from '../../activities/platform/as-activity.ts';
import { run, type Caller } from '../../activities/platform/verb.ts';
import { openInstance } from '../../activities/approvals/open-instance.ts';

export const at = Date.parse(testNow);
export const hour = 3_600_000;

export interface Bench {
  tenant: TestTenant;
  read: Reader;
  by(username: Username, more?: Partial<Caller>): Caller;
  /** As the process of an approval would, at that instant. */
  process(now?: number): Caller;
  /** An approval asked for by the manager. */
  open(some?: Partial<z.input<typeof OpenInstance>>): Promise<Instance>;
  /** How many rows of a table, or what is in them. */
  count(table: 'decision' | 'notification' | 'outbox_event', where: ReturnType<typeof sql>): Promise<number>;
  /** Makes attempts that all meet: the first cannot commit before the last waits for a lock. */
  crossing<T>(instance: Instance, attempts: (() => Promise<T>)[]): Promise<PromiseSettledResult<T>[]>;
  close(): Promise<void>;
}

/** A database with one tenant, whose approvals are worked by verbs alone. */
export async function bench(): Promise<Bench> {
  const database = await cloneDatabase();
  const orm = await openOrm(database.appUrl, 30);
  const tenant = await makeTenant();
  const read = readerOf(tenant.id);
  const by = (username: Username, more: Partial<Caller> = {}): Caller => ({
    actor: actorOf(tenant.id, roles[username], tenant.users[username]),
    ...more,
  });
  return {
    tenant,
    read,
    by,
    process: now => ({ actor: processActor(tenant.id, 'process:test'), now }),
    open: some =>
      run(
        openInstance,
        {
          referenceType: 'phase',
          referenceId: randomUUID(),
          title: 'Setup',
          mode: 'parallel-all',
          steps: [
            { name: 'Engineer', role: 'SALES_ENGINEER', assigneeIds: [tenant.users.sales] },
            { name: 'Project manager', role: 'PROJECT_MANAGER', assigneeIds: [tenant.users.sales2] },
          ],
          ...some,
        },
        by('manager'),
      ),
    count: async (table, where) =>
      (await read.row<{ n: number }>(sql`select count(*) as n from ${sql.table(table)} where ${where}`))!.n,
    crossing: async (instance, attempts) => {
      const owner = await connected(database.ownerUrl);
      try {
        await owner.query('begin');
        await owner.query('select 1 from stream where entity_id = $1 for update', [instance.id]);
        const settled = Promise.allSettled(attempts.map(attempt => attempt()));
        await until('each waits for a lock', async () => (await waiting(owner)) === attempts.length);
        await owner.query('commit');
        return await settled;
      } finally {
        await owner.end();
      }
    },
    close: async () => {
      await orm.close();
      await database.drop();
    },
  };
}

/** How many connections to that database wait for a lock. */
async function waiting(db: Client): Promise<number> {
  // Inside a transaction the first look would be answered for ever.
  await db.query('select pg_stat_clear_snapshot()');
  const { rows } = await db.query<{ n: number }>(
    `select count(distinct pid)::int as n from pg_locks join pg_stat_activity using (pid)
     where not granted and datname = current_database()`,
  );
  return rows[0]!.n;
}
