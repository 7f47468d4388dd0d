import { connected, passwordsIn, prepareRoles } from '../database-roles.ts';
import { migrateDatabase } from '../demo.ts';
import { Failure } from '../failure.ts';
import { step } from '../progress.ts';
import { seedTenant } from './seed-data.ts';

/** Tenants that are made up: their loss is none. */
const madeUp: readonly string[] = [seedTenant.slug, 'demo'];

/** Empties the database and brings its schema up to date. One with other tenants than made-up ones must be named. */
export async function emptied(
  urls: { DATABASE_URL: string; APP_DATABASE_URL: string; RELAY_DATABASE_URL?: string }, name?: string,
): Promise<void> {
  const { DATABASE_URL: ownerUrl, ...others } = urls;
  const client = await connected(ownerUrl);
  try {
    const database = client.database!;
    const { rows: tables } = await client.query(`select 1 from pg_tables where tablename = 'tenant'`);
    const { rows } = tables.length
      ? await client.query<{ slug: string }>('select slug from tenant order by slug')
      : { rows: [] };
    const real = rows.map(tenant => tenant.slug).filter(slug => !madeUp.includes(slug));
    if (real.length && name !== database)
      throw new Failure(`${database} holds ${real.join(', ')}. To lose that: npm run db:reset -- --name ${database}`);
    await step('Empty', async () => {
      await client.query('drop schema public cascade');
      await client.query('create schema public');
      await client.query('grant usage on schema public to public');
    });
  } finally {
    await client.end();
  }
  await prepareRoles(ownerUrl, passwordsIn(others));
  await step('Database schema', () => migrateDatabase(ownerUrl));
}
