import { join } from 'node:path';
import { connected, prepareRoles, urlFor } from './database-roles.ts';
import { codeOf, Failure } from './failure.ts';
import { startPostgresServer } from './postgres-server.ts';
import { keptSecrets, type Secrets } from './secrets.ts';

const DATABASE = 'throughline';
const OWNER = 'throughline';

export type PostgresOptions = {
  dataDir: string;
  /** DATABASE_URL: use this server instead of the embedded one. */
  url?: string | undefined;
  appUrl?: string | undefined;
  relayUrl?: string | undefined;
  port?: number | undefined;
  durable?: boolean | undefined;
};

export type Postgres = {
  ownerUrl: string;
  appUrl: string;
  relayUrl: string;
  /** The superuser of the embedded server. */
  adminUrl?: string;
  port: number;
  /** Settles when the embedded server ends. */
  exited: Promise<string>;
  stop(): Promise<void>;
};

/** PostgreSQL with the database and its roles: the one of DATABASE_URL, or the embedded one. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const secrets = await keptSecrets(options.dataDir);
  return options.url ? external(options.url, options, secrets) : embedded(options, secrets);
}

async function external(ownerUrl: string, options: PostgresOptions, secrets: Secrets): Promise<Postgres> {
  await prepareRoles(ownerUrl, { app: secrets.app, relay: secrets.relay });
  const appUrl = options.appUrl ?? urlFor(ownerUrl, 'app', secrets.app);
  const relayUrl = options.relayUrl ?? urlFor(ownerUrl, 'relay', secrets.relay);
  await probe(appUrl, options.appUrl ? undefined : 'APP_DATABASE_URL');
  await probe(relayUrl, options.relayUrl ? undefined : 'RELAY_DATABASE_URL');
  const port = Number(new URL(ownerUrl).port || 5432);
  return { ownerUrl, appUrl, relayUrl, port, exited: new Promise(() => undefined), stop: async () => undefined };
}

async function embedded(options: PostgresOptions, secrets: Secrets): Promise<Postgres> {
  const { dataDir, port, durable } = options;
  const log = join(dataDir, 'logs', 'postgres.log');
  const server = await startPostgresServer({ dataDir, password: secrets.postgres, port, durable, log });
  try {
    await prepareOwner(server.adminUrl, secrets.owner);
    const ownerUrl = urlFor(server.adminUrl, OWNER, secrets.owner, DATABASE);
    await prepareRoles(ownerUrl, { app: secrets.app, relay: secrets.relay });
    return {
      ownerUrl, adminUrl: server.adminUrl, port: server.port, exited: server.child.exited, stop: server.stop,
      appUrl: urlFor(ownerUrl, 'app', secrets.app), relayUrl: urlFor(ownerUrl, 'relay', secrets.relay),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

/** The owner migrates and is no superuser, as in production; it sees all tenants' rows, since a migration must. */
async function prepareOwner(adminUrl: string, password: string): Promise<void> {
  const client = await connected(adminUrl);
  try {
    const owner = await client.query('select 1 from pg_roles where rolname = $1', [OWNER]);
    if (owner.rowCount === 0) {
      await client.query(`create role ${OWNER} login createrole bypassrls password ${client.escapeLiteral(password)}`);
    }
    const database = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (database.rowCount === 0) await client.query(`create database ${DATABASE} owner ${OWNER}`);
  } finally {
    await client.end();
  }
}

/** Signs in once; `variable` is what to set when the role exists with a password that this data folder never knew. */
async function probe(url: string, variable: string | undefined): Promise<void> {
  try {
    const client = await connected(url);
    await client.end();
  } catch (error) {
    if (!variable || codeOf(error)) throw error;
    throw new Failure(`${error instanceof Error ? error.message : error}. Set ${variable}.`);
  }
}
