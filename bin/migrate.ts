import { loadConfig, required } from '../db/platform/config.ts';
import { passwordsIn, prepareRoles } from './database-roles.ts';
import { migrateDatabase } from './demo.ts';
import { command } from './failure.ts';
import { step } from './progress.ts';

/** `npm run migrate`: makes missing roles, with the passwords of their addresses, and brings the schema up to date. */
await command(async () => {
  const { DATABASE_URL, ...urls } = required(loadConfig(), 'DATABASE_URL');
  await prepareRoles(DATABASE_URL, passwordsIn(urls));
  await step('Database schema', () => migrateDatabase(DATABASE_URL));
});
