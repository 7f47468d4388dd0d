import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, loadConfig, required } from '../../db/platform/config.ts';
import { backUp } from './backup.ts';
import { passwordsIn, prepareRoles } from '../database-roles.ts';
import { deploy } from './deploy.ts';
import { command, Failure } from '../failure.ts';
import { step } from '../progress.ts';
import { emptied } from './reset.ts';
import { restore } from './restore.ts';
import { seedData, seedTenant } from './seed-data.ts';

type Owned = Config & { DATABASE_URL: string };

const usage = 'npm run db:deploy [-- --file f.sql.gz] | npm run db:backup [-- --file f.sql.gz] | '
  + 'npm run db:restore -- --file f.sql.gz | npm run db:seed | npm run db:reset [-- --name database]';

type Command = (config: Owned, file: string | undefined, name: string | undefined) => Promise<void>;
const commands: Record<string, Command> = {
  deploy: (config, file = newFile(config)) => deploy(config, file),
  backup: async ({ DATABASE_URL, ...config }, file = newFile(config)) => {
    const rows = await step('Back-up', () => backUp(DATABASE_URL, file));
    console.log(rows === undefined ? 'The database is empty: there is nothing to back up.' : `${rows} rows in ${file}`);
  },
  restore: async ({ DATABASE_URL, ...config }, file) => {
    if (!file) throw new Failure(`Usage: ${usage}`);
    await prepareRoles(DATABASE_URL, passwordsIn(config));
    const { rows, differences } = await step('Restored', () => restore(DATABASE_URL, file));
    if (differences.length) {
      console.log(`The database of the backup differed from its migrations:\n  ${differences.join('\n  ')}`);
    }
    console.log(`${rows} rows are back. \`npm run migrate\` brings them to this version.`);
  },
  seed,
  reset: async (config, file, name) => {
    await emptied(required(config, 'DATABASE_URL', 'APP_DATABASE_URL'), name);
    await seed(config);
  },
};

/** The tenant of the seed data; what is there already stays as it is. */
async function seed(config: Owned): Promise<void> {
  const { APP_DATABASE_URL: appUrl } = required(config, 'APP_DATABASE_URL');
  const password = await step('Seed data', () => seedData(appUrl, config.DEMO_PASSWORD));
  const shown = config.DEMO_PASSWORD ? 'the one of DEMO_PASSWORD' : `shown only this once: ${password}`;
  console.log(password === null
    ? `The tenant ${seedTenant.slug} is there already: nothing that is there was changed.`
    : `Sign in to tenant ${seedTenant.slug} as admin; password, ${shown}`);
}

/** Named after the moment, so that they stand in order. */
function newFile({ DATA_DIR }: Pick<Config, 'DATA_DIR'>): string {
  return join(DATA_DIR, 'backups', `${new Date().toISOString().replaceAll(':', '-').slice(0, 19)}.sql.gz`);
}

/** `npm run db:deploy`, `db:backup`, `db:restore`, `db:seed`, `db:reset`: schema and rows as a whole, as the owner. */
await command(async () => {
  const { positionals: [what = ''], values } = parseArgs({
    options: { file: { type: 'string' }, name: { type: 'string' } }, allowPositionals: true,
  });
  const run = commands[what];
  if (!run) throw new Failure(`Usage: ${usage}`);
  await run(required(loadConfig(), 'DATABASE_URL'), values.file, values.name);
});
