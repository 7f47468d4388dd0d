import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import { openOrm } from '../../db/platform/orm.ts';
import { readerOf, type Reader } from '../../db/platform/reader.ts';
import { sql } from '../../db/platform/sql.ts';
import type { Instance, OpenInstance } from '../../domain/approvals/instance.ts';
import { cloneDatabase } from './database.ts';
import { makeTenant, roles, testNow, type TestTenant, type Username } from './people.ts';
import { actorOf } from './tenant.ts';
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
    close: async () => {
      await orm.close();
      await database.drop();
    },
  };
}
