import { existsSync } from 'node:fs';
import { connected } from './database-roles.ts';
import { Failure } from './failure.ts';
import type { Say } from './progress.ts';

/** The tenant that a new installation starts with. */
export const DEMO_TENANT = 'demo';
export const demoUsers = ['admin', 'manager', 'sales', 'sales2', 'dana', 'accounting', 'readonly'];

/** Whether the database has no tenant at all, the demo tenant, or only others. */
export async function demoState(ownerUrl: string): Promise<'empty' | 'demo' | 'others'> {
  const client = await connected(ownerUrl);
  try {
    // A story that was cut short by a kill is as good as none: it is told again.
    const { rows } = await client.query<{ slug: string }>(
      `select slug from tenant where not settings ? 'seeding'`,
    );
    if (rows.length === 0) return 'empty';
    return rows.some((row) => row.slug === DEMO_TENANT) ? 'demo' : 'others';
  } finally {
    await client.end();
  }
}

export type DemoSeed = { ownerUrl: string; appUrl: string; tenant: string; password: string; say: Say };

/** Fills the demo tenant with a believable business, people and running processes. */
export async function seedDemoTenant(seed: Omit<DemoSeed, 'tenant'>): Promise<void> {
  const { seedDemo } = await layer<{ seedDemo(seed: DemoSeed): Promise<unknown> }>('bin/demo-tenant/seed.ts');
  await seedDemo({ ...seed, tenant: DEMO_TENANT });
}

/** Brings the database to the newest schema, and its tenants to what the newest version gives each of them. */
export async function migrateDatabase(ownerUrl: string): Promise<void> {
  await migrateSchema(ownerUrl);
  await fillIn(ownerUrl);
}

/** Answers the names of the migrations that ran. */
export async function migrateSchema(ownerUrl: string): Promise<string[]> {
  const { migrate } = await layer<{ migrate(ownerUrl: string): Promise<string[]> }>('db/platform/migrate.ts');
  return migrate(ownerUrl).catch(notUpToDate);
}

export async function fillIn(ownerUrl: string): Promise<void> {
  const { openOrm } = await layer<{ openOrm(url: string, poolMax: number): Promise<{ close(): Promise<void> }> }>(
    'db/platform/orm.ts',
  );
  const { backfillTenants } = await layer<{ backfillTenants(): Promise<void> }>('bin/tenant-defaults.ts');
  const orm = await openOrm(ownerUrl, 2);
  await backfillTenants().finally(() => orm.close()).catch(notUpToDate);
}

function notUpToDate(error: unknown): never {
  const why = error instanceof Error ? error.message : String(error);
  throw new Failure(`The database schema could not be brought up to date: ${why}`);
}

/** Loaded when it is needed, so that commands that fail early do so in a moment. */
async function layer<Module>(path: string): Promise<Module> {
  const url = new URL(`../${path}`, import.meta.url);
  if (!existsSync(url)) throw new Failure(`${path} is missing from this checkout.`);
  return import(url.href);
}
