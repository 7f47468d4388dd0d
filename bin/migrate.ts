import { loadConfig, required } from '../db/platform/config.ts';
import { prepareRoles } from './database-roles.ts';
import { migrateDatabase } from './demo.ts';
import { command } from './failure.ts';
import { step } from './progress.ts';

/** `npm run migrate`: makes missing roles, with the passwords of their addresses, and brings the schema up to date. */
await command(async () => {
  const { DATABASE_URL, APP_DATABASE_URL, RELAY_DATABASE_URL } = required(loadConfig(), 'DATABASE_URL');
  await prepareRoles(DATABASE_URL, { app: passwordIn(APP_DATABASE_URL), relay: passwordIn(RELAY_DATABASE_URL) });
  await step('Database schema', () => migrateDatabase(DATABASE_URL));
});

function passwordIn(url: string | undefined): string | undefined {
  return url ? decodeURIComponent(new URL(url).password) : undefined;
}
