import { connected } from '../../bin/database-roles.ts';
import type { TestDatabase } from './database.ts';

/** Runs a statement as the owner, past row-level security: to see what is kept, or to make what no API makes. */
export async function inDatabase<Row>(
  { database }: { database: TestDatabase }, text: string, values: unknown[] = [],
): Promise<Row[]> {
  const client = await connected(database.ownerUrl);
  try {
    return (await client.query(text, values)).rows as Row[];
  } finally {
    await client.end();
  }
}
