import type { Client } from 'pg';
import { lockKey } from '../activities/platform/outbox/relay.ts';
import { ownerOf, type Database } from './rig.ts';

/**
 * As long as this connection lasts no relay of the database leads, as if it led on another machine: what a change
 * costs by itself, without the work of the engine that comes after its commit.
 */
export async function heldBack(database: Database): Promise<Client> {
  const db = await ownerOf(database);
  await db.query('select pg_advisory_lock($1)', [lockKey]);
  return db;
}
