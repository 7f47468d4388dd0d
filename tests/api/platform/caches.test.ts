import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { cached, changeNote } from '../../../db/platform/cached.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { join, newPov, type Listed } from '../../kit/pov.fixture.ts';
import { statementsOf } from '../../kit/statements.ts';

let app: App, manager: Client, povId: string, path: string;
beforeAll(async () => {
  app = await bootApp({ worker: false, relay: false });
  manager = await app.as('manager');
  povId = (await newPov(manager)).id;
  path = `/api/povs/${povId}/kpis`;
});
afterAll(() => app?.stop());

const add = (name: string) => manager.post<{ id: string }>(path, { name, target: { value: 1 } });
const names = async (): Promise<string[]> =>
  (await manager.get<Listed<{ name: string }>>(path)).body.items.map(k => k.name).sort();
/** How often the table is read for a list of the figures. */
const reads = async (): Promise<number> =>
  (await statementsOf(() => manager.get(path))).filter(text => /from "?pov_kpi/i.test(text)).length;

/** The machine's clock goes that much ahead from here on: by it values are kept. */
const machine = performance.now.bind(performance);
let ahead = 0;
const later = (seconds: number): void => {
  ahead += seconds * 1000;
  jest.spyOn(performance, 'now').mockImplementation(() => machine() + ahead);
};
afterAll(() => {
  jest.restoreAllMocks();
});

const notify = (tenantId: string, stories: string[], names: string[]): Promise<unknown> => {
  const { channel, text } = changeNote(tenantId, stories, names);
  return inDatabase(app, 'select pg_notify($1, $2)', [channel, text]);
};

/** What was committed before has been heard: notes come in the order of the commits, and this one's last. */
async function heard(): Promise<void> {
  const tenantId = randomUUID();
  let loads = 0;
  const load = (): Promise<number> => cached({ tenantId, name: 'probe' }, 3600, async () => ++loads);
  await load();
  await notify(tenantId, [], []);
  await until('it has heard', async () => (await load()) > 1);
}

/** How often a read asks the database that follows one like it, once no note of an earlier change is on its way. */
async function again(count: () => Promise<number>): Promise<number> {
  await heard();
  await count();
  return count();
}

describe('[PLT-101] key figures', () => {
  it('are read once, and anew after a change', async () => {
    await add('First');
    expect(await reads()).toBeGreaterThan(0);
    expect(await again(reads)).toBe(0);
    const { body } = await add('Second');
    expect(await names()).toEqual(['First', 'Second']);
    expect(await again(reads)).toBe(0);
    await manager.delete(`${path}/${body.id}`);
    expect(await names()).toEqual(['First']);
  });

  it('are read anew after a change by another process, and not after one of another record', async () => {
    await heard();
    await names();
    const other = await newPov(manager);
    await manager.patch(`/api/povs/${other.id}`, { objective: 'Elsewhere' });
    await heard();
    expect(await reads()).toBe(0);
    await notify(app.tenant.id, [povId], ['pov.kpi.updated']);
    await until('it has heard', async () => (await reads()) > 0);
  });

  it('are read anew after five minutes without a change', async () => {
    await add('Third');
    await heard();
    await names();
    later(240);
    expect(await reads()).toBe(0);
    later(61);
    expect([(await reads()) > 0, await reads()]).toEqual([true, 0]);
  });

  it('are not seen by who may not see the record', async () => {
    await names();
    expect((await (await app.as('sales')).get(path)).status).toBe(404);
  });
});

describe('[PLT-101] the product catalog', () => {
  const catalog = '/api/products';
  const stock = '/api/inventory/products';
  /** Statements that read products while somebody reads the catalog. */
  const asked = async (by = manager, at = catalog): Promise<number> =>
    (await statementsOf(() => by.get(at))).filter(text => /from "?product"?\b/i.test(text)).length;
  const named = async (by = manager): Promise<string[]> =>
    (await by.get<Listed<{ productNameHouse: string }>>(catalog)).body.items.map(p => p.productNameHouse);
  const add = (name: string) => manager.post<{ id: string }>(stock, { name, costPrice: 100, salePrice: 200 });

  it('is read once within the hour, also by others who see the same, and anew after each kind of write', async () => {
    const { status, body } = await add('Router');
    expect(status).toBe(201);
    expect(await asked()).toBeGreaterThan(0);
    await again(asked);
    expect([await asked(), await asked(await app.as('admin')), await asked(manager, stock)]).toEqual([0, 0, 0]);
    await manager.patch(`${stock}/${body.id}`, { name: 'Switch' });
    expect(await named()).toEqual(['Switch']);
    expect(await again(asked)).toBe(0);
    await manager.delete(`${stock}/${body.id}`);
    expect(await named()).toEqual([]);
    await manager.post(`${stock}/${body.id}/restore`);
    expect(await named()).toEqual(['Switch']);
  });

  it('is read anew when what it shows of others changes, and when another process changes it', async () => {
    await named();
    const admin = await app.as('admin');
    const path = `/api/admin/users/${app.tenant.users.manager}`;
    const { version } = (await admin.get<{ version: number }>(path)).body;
    expect((await admin.patch(path, { fullName: 'Mona Manager', version })).status).toBe(200);
    expect(await asked()).toBeGreaterThan(0);
    expect(await again(asked)).toBe(0);
    await notify(app.tenant.id, [povId], ['inventory.product.changed']);
    await until('it has heard', async () => (await asked()) > 0);
  });

  it('is read anew after an hour without a change', async () => {
    await add('Hub');
    await heard();
    await named();
    later(3000);
    expect(await asked()).toBe(0);
    later(601);
    expect([(await asked()) > 0, await asked()]).toEqual([true, 0]);
  });

  it('stays while POVs change, here and in another process', async () => {
    await heard();
    await named();
    await newPov(manager);
    await heard();
    expect(await asked()).toBe(0);
  });
});

describe('[PLT-101] the figures of the dashboard', () => {
  const at = '/api/pov-figures';
  type Figures = { byStatus: Record<string, number> };
  const asked = async (by = manager): Promise<number> =>
    (await statementsOf(() => by.get(at))).filter(text => /from pov\b/i.test(text)).length;
  const planned = async (by = manager): Promise<number> => (await by.get<Figures>(at)).body.byStatus['PROJECTED']!;

  it('are read once within half a minute, and anew after a change', async () => {
    const before = await planned();
    expect(await again(asked)).toBe(0);
    const { id } = await newPov(manager);
    expect(await planned()).toBe(before + 1);
    expect(await again(asked)).toBe(0);
    await manager.delete(`/api/povs/${id}`);
    expect(await planned()).toBe(before);
  });

  it('are read anew after half a minute without a change', async () => {
    await newPov(manager);
    await heard();
    await planned();
    later(10);
    expect(await asked()).toBe(0);
    later(21);
    expect([(await asked()) > 0, await asked()]).toEqual([true, 0]);
  });

  it('are of the POVs that the reader may see', async () => {
    const sales = await app.as('sales');
    expect([await planned(sales), (await planned()) > 0]).toEqual([0, true]);
    await join(manager, povId, app.tenant.users.sales, 'PROJECT_MANAGER');
    expect(await planned(sales)).toBe(1);
    expect(await again(() => asked(sales))).toBe(0);
  });
});

it('how many POVs there are is counted once for all pages, and anew after a change', async () => {
  const counts = async (page: number): Promise<number> =>
    (await statementsOf(() => manager.get(`/api/povs?page=${page}&pageSize=1`)))
      .filter(text => text.includes('count(*) as n')).length;
  const total = async (): Promise<number> => (await manager.get<Listed<object>>('/api/povs?pageSize=1')).body.total;
  await heard();
  const before = await total();
  expect([await counts(1), await counts(2)]).toEqual([0, 0]);
  await newPov(manager);
  await heard();
  expect([await counts(2), await counts(1), await total()]).toEqual([1, 0, before + 1]);
});

describe('a value that is kept', () => {
  const key = { tenantId: '00000000-0000-4000-8000-000000000001', name: 'test' };
  it('is read again when its time is over, or its reading failed', async () => {
    let n = 0;
    const load = async (): Promise<number> => (n += 1);
    expect([await cached(key, 60, load), await cached(key, 60, load)]).toEqual([1, 1]);
    const short = { ...key, of: 'short' };
    expect([await cached(short, 0, load), await cached(short, 0, load)]).toEqual([2, 3]);
    const broken = { ...key, of: 'broken' };
    await expect(cached(broken, 60, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await cached(broken, 60, load)).toBe(4);
  });

  it('is forgotten with all others when they are too much to keep', async () => {
    let n = 0;
    const list = async (): Promise<{ items: number[] }> => ({ items: Array.from({ length: 10_000 }, () => (n += 1)) });
    for (let i = 0; i < 6; i++) await cached({ ...key, of: i }, 60, list);
    await cached({ ...key, of: 0 }, 60, list);
    expect(n).toBeGreaterThan(60_000);
  });
});
