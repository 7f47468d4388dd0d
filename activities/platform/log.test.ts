import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { openOrm, type Orm } from '../../db/platform/orm.ts';
import { readerOf } from '../../db/platform/reader.ts';
import { sql } from '../../db/platform/sql.ts';
import { cloneDatabase, type TestDatabase } from '../../tests/kit/database.ts';
import { queryLog } from './log.ts';

let database: TestDatabase, orm: Orm;
const statements: string[] = [];
beforeAll(async () => {
  database = await cloneDatabase();
  orm = await openOrm(database.appUrl, 2, { onQuery: statement => statements.push(statement) });
});
afterAll(async () => {
  await orm?.close();
  await database?.drop();
});

it('[PLT-110] statements are logged in development only', () => {
  expect(queryLog({ NODE_ENV: 'development' })).toBeInstanceOf(Function);
  expect(['production', 'test'].map(NODE_ENV => queryLog({ NODE_ENV }))).toEqual([undefined, undefined]);
});

it('[PLT-110] every statement is told, of reads and of writes', async () => {
  await readerOf('00000000-0000-4000-8000-000000000001', orm).rows(sql`select 'by a reader'`);
  await orm.em.fork().execute(`select 'by an entity manager'`);
  expect(statements.filter(text => text.includes('by a')).length).toBe(2);
});
