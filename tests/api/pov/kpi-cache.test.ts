import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { cached, changeNote } from '../../../db/platform/cached.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { newPov, type Listed } from '../../kit/pov.fixture.ts';
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

describe('[PLT-101] key figures', () => {
  it('are read once, and anew after a change', async () => {
    await add('First');
    expect(await reads()).toBeGreaterThan(0);
    expect(await reads()).toBe(0);
    const { body } = await add('Second');
    expect(await names()).toEqual(['First', 'Second']);
    expect(await reads()).toBe(0);
    await manager.delete(`${path}/${body.id}`);
    expect(await names()).toEqual(['First']);
  });

  it('are read anew after a change by another process, and not after one of another record', async () => {
    await names();
    const other = await newPov(manager);
    await manager.patch(`/api/povs/${other.id}`, { objective: 'Elsewhere' });
    expect(await reads()).toBe(0);
    const { channel, text } = changeNote(app.tenant.id, [povId]);
    await inDatabase(app, 'select pg_notify($1, $2)', [channel, text]);
    await until('it has heard', async () => (await reads()) > 0);
  });

  it('are not seen by who may not see the record', async () => {
    await names();
    expect((await (await app.as('sales')).get(path)).status).toBe(404);
  });
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
});
