import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from 'pg';
import { connected } from '../../bin/database-roles.ts';
import { cloneDatabase, type TestDatabase } from '../kit/database.ts';
import { ofNoTenant, tablesOf } from './schema-rules.ts';

let database: TestDatabase, owner: Client;
beforeAll(async () => {
  database = await cloneDatabase();
  owner = await connected(database.ownerUrl);
});
afterAll(async () => {
  await owner?.end();
  await database?.drop();
});

const stamps = ['created_at', 'updated_at', 'created_by', 'updated_by'];
/** Tables of a tenant that are no records of its business, with the stamps they do without, and why. */
const without: Record<string, [stamps: string[], why: string]> = {
  audit_archive: [['updated_at', 'created_by', 'updated_by'], 'holds rows of the audit log as they were'],
  audit_log: [['updated_at', 'created_by', 'updated_by'], 'is written once, and names its user itself'],
  idempotency: [stamps, 'is an answer kept for its caller, with its expiry'],
  operation: [['updated_by'], 'is asked for once; its process carries it on'],
  job_row: [stamps, 'is one row of a job, which has them'],
  outbox_event: [stamps, 'is written once, and names its actor and its times itself'],
  process: [['created_at', 'created_by', 'updated_by'], 'is what a process says of itself; it has started_at'],
  process_command: [stamps, 'is asked once, and names who asked'],
  rejected_input: [stamps, 'is what somebody sent past the product'],
  search_entry: [stamps, 'is what the search knows of a record, which has them'],
  spent_sign_in: [stamps, 'is a mark that a sign-in was answered, with its expiry'],
  stored_file_part: [stamps, 'is a part of a file, which has them'],
  stream: [stamps, 'is a counter'],
  tenant_clock: [stamps, 'is the time'],
};

interface Stamped {
  name: string;
  columns: { name: string }[];
}
function stampFaults(tables: Stamped[]): string[] {
  return tables
    .filter(t => !(t.name in ofNoTenant))
    .flatMap(({ name, columns }) => {
      const missing = stamps.filter(s => !columns.some(c => c.name === s));
      const excused = without[name]?.[0] ?? [];
      return [
        ...missing.filter(s => !excused.includes(s)).map(s => `${name} has no ${s}`),
        ...excused.filter(s => !missing.includes(s)).map(s => `${name} has ${s} and needs no excuse`),
      ];
    });
}

it('[PLT-004] every table of business records has its four stamps', async () => {
  const tables = await tablesOf(owner);
  expect(stampFaults(tables)).toEqual([]);
  const names = tables.map(t => t.name);
  expect(Object.keys(without).filter(name => !names.includes(name))).toEqual([]);
  expect(tables.filter(t => !(t.name in without) && !(t.name in ofNoTenant)).length).toBeGreaterThan(12);
});

describe('[PLT-004] a table that is planted is found:', () => {
  const all = stamps.map(name => ({ name }));
  const excess = 'stream has created_at and needs no excuse';
  it.each<[string, Stamped, string[]]>([
    ['without one of them', { name: 'planted', columns: all.slice(0, 3) }, ['planted has no updated_by']],
    ['excused for what it has', { name: 'stream', columns: all.slice(0, 1) }, [excess]],
    ['and no good one', { name: 'planted', columns: all }, []],
  ])('%s', (_, table, faults) => expect(stampFaults([table])).toEqual(faults));
});
