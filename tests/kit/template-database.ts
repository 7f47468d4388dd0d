import { existsSync } from 'node:fs';
import { connected, urlFor } from '../../bin/database-roles.ts';

export const TEMPLATE = 'tl_template';

/** Makes the database that tests clone: migrated once for the whole run. */
export async function migrateTemplate(adminUrl: string, ownerUrl: string): Promise<void> {
  const admin = await connected(adminUrl);
  await admin.query(`create database ${TEMPLATE} owner ${new URL(ownerUrl).username}`);
  await admin.end();
  const migrations = new URL('../../db/platform/migrate.ts', import.meta.url);
  if (!existsSync(migrations)) return;
  const { migrate } = await import(migrations.href);
  const { username, password } = new URL(ownerUrl);
  await migrate(urlFor(ownerUrl, username, decodeURIComponent(password), TEMPLATE));
}
