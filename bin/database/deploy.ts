import type { Config } from '../../db/platform/config.ts';
import { migrationNames } from '../../db/platform/migrate.ts';
import { backUp, migrationsOf } from './backup.ts';
import { connected, passwordsIn, prepareRoles } from '../database-roles.ts';
import { fillIn, migrateSchema } from '../demo.ts';
import { explain, Failure } from '../failure.ts';
import { step } from '../progress.ts';

/**
 * Brings the database to this version in the order validate, back up, migrate, back-fill (POV-092). What fails stops
 * what comes after it: without a backup no migration is applied.
 */
export async function deploy(config: Config & { DATABASE_URL: string }, file: string): Promise<void> {
  const ownerUrl = config.DATABASE_URL;
  const pending = await step('Validate', () => validate(config));
  const rows = await step('Back up', () => backUp(ownerUrl, file).catch((error) => {
    throw new Failure(`No migration was applied, because the backup failed: ${explain(error).split('\n')[0]}`);
  }));
  if (rows !== undefined) console.log(`    ${rows} rows in ${file}`);
  await step('Migrate', () => migrateSchema(ownerUrl));
  if (pending.length) console.log(`    ${pending.join('\n    ')}`);
  await step('Back-fill', () => fillIn(ownerUrl));
}

/** That the roles can be made, and that the database is not ahead of this version; answers what is to be migrated. */
async function validate(config: Config & { DATABASE_URL: string }): Promise<string[]> {
  await prepareRoles(config.DATABASE_URL, passwordsIn(config));
  const db = await connected(config.DATABASE_URL);
  const done = await migrationsOf(db).finally(() => db.end());
  const known = await migrationNames();
  const ahead = done.find((name) => !known.includes(name));
  if (ahead) throw new Failure(`The database is ahead of this version, which has no ${ahead}.`);
  return known.filter((name) => !done.includes(name));
}
