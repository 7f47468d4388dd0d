import { existsSync } from 'node:fs';
import { connected } from './database-roles.ts';
import { Failure } from './failure.ts';
import type { Say } from './progress.ts';

/** The tenant that a new installation starts with. */
export const DEMO_TENANT = 'demo';
export const demoUsers = ['admin', 'manager', 'sales', 'sales2', 'accounting', 'readonly'];

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

/** Brings the database to the newest schema, and the roles of its tenants to what the newest version can do. */
export async function migrateDatabase(ownerUrl: string): Promise<void> {
  const { migrate } = await layer<{ migrate(ownerUrl: string): Promise<unknown> }>('db/platform/migrate.ts');
  const { openOrm } = await layer<{ openOrm(url: string, poolMax: number): Promise<{ close(): Promise<void> }> }>(
    'db/platform/orm.ts',
  );
  const { syncTenants } = await layer<{ syncTenants(): Promise<unknown> }>(
    'activities/platform/identity/sync-tenants.ts',
  );
  try {
    await migrate(ownerUrl);
    const orm = await openOrm(ownerUrl, 2);
    await syncTenants().finally(() => orm.close());
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Failure(`The database schema could not be brought up to date: ${why}`);
  }
}

/** Loaded when it is needed, so that commands that fail early do so in a moment. */
async function layer<Module>(path: string): Promise<Module> {
  const url = new URL(`../${path}`, import.meta.url);
  if (!existsSync(url)) throw new Failure(`${path} is missing from this checkout.`);
  return import(url.href);
}
