import type pg from 'pg';
import { connected } from '../../bin/database-roles.ts';
import type { TestDatabase } from './database.ts';

/** By the address of its database; the connection of a database that was dropped or stopped has ended. */
const owners = new Map<string, Promise<pg.Client>>();

/** Runs a statement as the owner, past row-level security: to see what is kept, or to make what no API makes. */
export async function inDatabase<Row>(
  { database: { ownerUrl } }: { database: TestDatabase }, asked: string | { name: string; text: string },
  values: unknown[] = [],
): Promise<Row[]> {
  const known = owners.get(ownerUrl) ?? ownerOf(ownerUrl);
  owners.set(ownerUrl, known);
  return (await (await known).query(asked, values)).rows as Row[];
}

async function ownerOf(url: string): Promise<pg.Client> {
  const forget = (): void => void owners.delete(url);
  try {
    const client = await connected(url);
    client.on('error', forget).on('end', forget);
    return client;
  } catch (error) {
    forget();
    throw error;
  }
}
