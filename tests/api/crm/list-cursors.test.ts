import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { newAccount, withAccountTypes, withStages } from '../../kit/crm.fixture.ts';
import { sampled, variedLists, withCustomFields, type Row, type VariedList } from '../../kit/crm/varied.fixture.ts';

/** Fixed, so that a failure is the same for everybody; FUZZ_SEED=<number> walks another way. */
const seed = Number(process.env['FUZZ_SEED'] ?? 20261129);
const lasting = 20,
  walks = 8;

let app: App, manager: Client;
let lists: VariedList[];
beforeAll(async () => {
  app = await bootApp({ worker: false });
  await withAccountTypes(app.tenant.id);
  await withStages(app.tenant.id);
  manager = await app.as('manager');
  const admin = await app.as('admin');
  lists = variedLists([(await newAccount(manager)).id, (await newAccount(manager)).id]);
  for (const { record } of lists) await withCustomFields(admin, record);
});
afterAll(() => app?.stop());

interface Page {
  items: Row[];
  nextCursor: string | null;
}
const read = async (address: string): Promise<Page> => {
  const { status, body } = await manager.get<Page>(address);
  if (status !== 200) throw new Error(`${address}: ${status} ${JSON.stringify(body)}`);
  return body;
};
const idsOf = ({ items }: Page): string[] => items.map(row => row.id);

/** One to three fields, up or down; each of many rows shares its values with others, or has none. */
const sortsOf = ({ kinds }: VariedList): fc.Arbitrary<string> => {
  const sortable = Object.keys(kinds).filter(field => kinds[field] !== 'words');
  const keys = fc.uniqueArray(fc.constantFrom(...sortable), { minLength: 1, maxLength: 3 });
  return fc.tuple(keys, fc.array(fc.boolean(), { minLength: 3, maxLength: 3 }))
    .map(([fields, down]) => fields.map((field, i) => (down[i] ? `-${field}` : field)).join(','));
};

describe(`a CRM list read by cursor while rows come and go (seed ${seed})`, () => {
  it.each(['account', 'contact', 'opportunity'] as const)('[PLT-047] %s', async record => {
    const list = lists.find(l => l.record === record)!;
    const { path, fields, make } = list;
    const add = async (row: object): Promise<string> => (await make(manager, row)).id;
    const stay: string[] = [];
    for (const row of sampled(fields, lasting, seed)) stay.push(await add(row));
    const all = new Set(stay);
    const kept = (ids: string[]): string[] => ids.filter(id => all.has(id));
    const passing: string[] = [];
    const comers = sampled(fields, 500, seed + 1);
    const walk = async (sort: string, limit: number): Promise<void> => {
      const at = `${path}?sort=${sort}`;
      const order = kept(idsOf(await read(`${at}&limit=100`)));
      expect([...order].sort()).toEqual([...stay].sort());
      const seen: string[] = [];
      for (let cursor: string | null = ''; cursor !== null;) {
        const page: Page = await read(`${at}&limit=${limit}${cursor && `&cursor=${cursor}`}`);
        seen.push(...idsOf(page));
        cursor = page.nextCursor;
        passing.push(await add(comers.pop()!));
        // The row that the next page begins after may be the very one that goes.
        const last = page.items.at(-1)?.id;
        const leaving = last && passing.includes(last) ? last : passing[0]!;
        if (passing.length > 4) {
          expect((await manager.delete(`${path}/${leaving}`)).status).toBeLessThan(300);
          passing.splice(passing.indexOf(leaving), 1);
        }
      }
      expect(new Set(seen).size).toBe(seen.length);
      expect(kept(seen)).toEqual(order);
    };
    const asked = sampled(fc.tuple(sortsOf(list), fc.integer({ min: 2, max: 7 })), walks, seed);
    for (const [sort, limit] of asked) await walk(sort, limit);
  });
});
