import { isDeepStrictEqual } from 'node:util';
import { afterAll, beforeAll, expect, it, test } from '@jest/globals';
import { endpoints } from '../../domain/index.ts';
import type { AnyEndpoint } from '../../domain/platform/contract.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { realPath, realRecords, type RealRecords } from './real-records.ts';

let app: App, people: Client[], records: RealRecords;
beforeAll(async () => {
  app = await bootApp();
  people = [await app.as('manager'), await app.as('admin')];
  records = await realRecords(app, people[1]!, people[0]!);
  await app.settled();
});
afterAll(() => app?.stop());

type Row = Record<string, unknown>;

/** A detail, and the list that it is an item of. */
const reads = Object.values(endpoints).filter(e => e.method === 'GET' && !e.raw);
const pairs = reads.flatMap((detail): [string, AnyEndpoint, AnyEndpoint][] => {
  const list = reads.find(e => e.path === detail.path.replace(/\/:\w+$/, '') && e !== detail);
  // What a kind of record has as fields is a list again.
  return list && detail.path !== '/api/fields/:recordType' ? [[detail.path, list, detail]] : [];
});

/** Fields that both have, and that say different things. */
const differing = (item: Row, detail: Row): string[] =>
  Object.keys(item).filter(field => field in detail && !isDeepStrictEqual(item[field], detail[field]));

/** What a read answers, without the wrapping that some have. */
const unwrapped = (body: Row): Row => ('data' in body && Object.keys(body).length === 1 ? (body['data'] as Row) : body);

async function itemAndDetail(list: AnyEndpoint, detail: AnyEndpoint): Promise<[Row, Row]> {
  const [path, listPath] = [realPath(detail, records), realPath(list, records)];
  const key = decodeURIComponent(path.slice(path.lastIndexOf('/') + 1));
  for (const person of people) {
    const { body } = await person.get<Row>(`${listPath}?pageSize=100`);
    const items = (body['items'] ?? body['data'] ?? []) as Row[];
    const item = items.find(i => [i['id'], i['workflowId'], i['code'], i['type']].includes(key));
    if (item) return [item, unwrapped((await person.get<Row>(path)).body)];
  }
  throw new Error(`${listPath} does not list ${key}`);
}

it('there are lists with details', () => expect(pairs.length).toBeGreaterThan(8));

it.each(pairs)('[PLT-010] what the list of %s shows is what the detail shows', async (_, list, detail) => {
  const [item, read] = await itemAndDetail(list, detail);
  expect(Object.keys(item).filter(field => field in read).length).toBeGreaterThan(2);
  expect(differing(item, read)).toEqual([]);
});

test('a list that says something else is found', () => {
  const detail = { id: '1', name: 'B', tags: ['x'], more: 1 };
  expect(differing({ id: '1', name: 'A', tags: ['x'] }, detail)).toEqual(['name']);
  expect(differing({ total: '1.00' }, { total: '1' })).toEqual(['total']);
});
