import pg from 'pg';
import { codeOf, Failure } from './failure.ts';

/** Passwords for login roles that do not exist yet; without one, a missing role is an error. */
export type RolePasswords = { app?: string | undefined; relay?: string | undefined };

/**
 * Makes the roles that the migrations grant to, where they are missing: `app` works under row-level security, `relay`
 * reads and stamps the outbox, `search_definer` owns the search functions and cannot sign in.
 */
export async function prepareRoles(ownerUrl: string, passwords: RolePasswords): Promise<void> {
  const client = await connected(ownerUrl);
  try {
    const { rows } = await client.query<{ rolname: string }>('select rolname from pg_roles');
    const existing = new Set(rows.map((row) => row.rolname));
    for (const role of ['app', 'relay'] as const) {
      if (existing.has(role)) continue;
      const password = passwords[role];
      if (!password) {
        const name = `${role.toUpperCase()}_DATABASE_URL`;
        throw new Failure(`The database has no role "${role}": make one and set ${name}, or give that a password.`);
      }
      await create(client, `create role ${role} login password ${client.escapeLiteral(password)}`);
    }
    if (!existing.has('search_definer')) await create(client, 'create role search_definer nologin');
    await client.query('grant search_definer to current_user with inherit false, set true').catch(ignoreNotAllowed);
  } finally {
    await client.end();
  }
}

/** The passwords that the addresses of the two roles name. */
export function passwordsIn(urls: { APP_DATABASE_URL?: string; RELAY_DATABASE_URL?: string }): RolePasswords {
  const of = (url: string | undefined): string | undefined => url && decodeURIComponent(new URL(url).password);
  return { app: of(urls.APP_DATABASE_URL), relay: of(urls.RELAY_DATABASE_URL) };
}

/** The address of the same database for another role. */
export function urlFor(url: string, role: string, password: string, database?: string): string {
  const changed = new URL(url);
  changed.username = role;
  changed.password = encodeURIComponent(password);
  if (database) changed.pathname = `/${database}`;
  return changed.href;
}

/** A connection, or a Failure that names the server and says what is wrong. */
export async function connected(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  try {
    await client.connect();
    return client;
  } catch (error) {
    const { host, username, pathname } = new URL(url);
    const why = error instanceof Error && error.message ? error.message : codeOf(error);
    throw new Failure(`No connection to PostgreSQL at ${host}${pathname} as ${username}: ${why}`);
  }
}

async function create(client: pg.Client, sql: string): Promise<void> {
  try {
    await client.query(sql);
  } catch (error) {
    // Another start was quicker.
    if (codeOf(error) === '42710' || codeOf(error) === '23505') return;
    if (codeOf(error) !== '42501') throw error;
    const statement = sql.replace(/ password .*/, " password '…'");
    throw new Failure(`The user of DATABASE_URL may not make roles; as an administrator run: ${statement}`);
  }
}

/** A superuser needs no grant, and an administrator may have given it already. */
function ignoreNotAllowed(error: unknown): void {
  if (codeOf(error) !== '42501' && codeOf(error) !== '0LP01') throw error;
}
