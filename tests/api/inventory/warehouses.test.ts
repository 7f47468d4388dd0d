import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { CatalogField } from '../../../domain/crm/field-catalog.ts';
import type { Warehouse } from '../../../domain/inventory/warehouse.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';

let app: App, manager: Client, sales: Client;
beforeAll(async () => {
  app = await bootApp();
  [manager, sales] = [await app.as('manager'), await app.as('sales')];
});
afterAll(() => app?.stop());

const path = '/api/inventory/warehouses';
const place = { addressLine1: '1 Quay', city: 'New York', postalCode: '10001', country: 'USA' };
const made = async (fields: object): Promise<Warehouse> => {
  const answer = await manager.post<Warehouse>(path, { name: 'New York', ...place, ...fields });
  expect(answer.status).toBe(201);
  return answer.body;
};
interface Listed {
  items: Warehouse[];
}

describe('warehouses', () => {
  it('[INV-014] are stored with their fields; what is required is named when it is missing', async () => {
    const managerId = sales.userId;
    const whole = await made({ code: 'WH-14', addressLine2: ' ', phone: '1', email: 'w@example.org', managerId });
    expect(whole).toMatchObject({ ...place, type: 'warehouse', isActive: true, addressLine2: null, managerId });
    expect((await manager.get(`${path}/${whole.id}`)).body).toMatchObject({ managerName: 'Sales Example' });
    for (const field of ['name', 'code', 'addressLine1', 'city', 'postalCode', 'country']) {
      const sent = { name: 'N', code: randomUUID(), ...place, [field]: undefined };
      const { status, body } = await manager.post<ProblemBody>(path, sent);
      expect([status, body.errors.map(e => e.pointer)]).toEqual([400, [`/${field}`]]);
    }
    const unknown = { name: 'N', code: 'WH-0', ...place, managerId: randomUUID() };
    const nobody = await manager.post<ProblemBody>(path, unknown);
    expect([nobody.status, nobody.body.errors[0]?.pointer]).toEqual([400, '/managerId']);
  });

  it('[INV-015] have codes that are used once: also by two at once, by a change and by a restore', async () => {
    const first = await made({ code: 'WH-NYC' });
    const second = await manager.post<ProblemBody>(path, { name: 'N', code: 'WH-NYC', ...place });
    expect([second.status, second.body.detail]).toEqual([409, 'There is a warehouse with the code WH-NYC']);
    const other = await made({ code: 'WH-BOS' });
    expect((await manager.patch(`${path}/${other.id}`, { code: 'WH-NYC' })).status).toBe(409);
    expect((await manager.patch(`${path}/${other.id}`, { code: 'WH-BOS', city: 'Boston' })).status).toBe(200);
    const twins = [1, 2, 3].map(() => manager.post(path, { name: 'N', code: 'WH-TWIN', ...place }));
    expect((await Promise.all(twins)).map(a => a.status).sort()).toEqual([201, 409, 409]);
    expect((await manager.delete(`${path}/${first.id}`)).status).toBe(204);
    await made({ code: 'WH-NYC' });
    expect((await manager.post(`${path}/${first.id}/restore`)).status).toBe(409);
  });

  it('[INV-016] are of three types', async () => {
    const shed = await manager.post<ProblemBody>(path, { name: 'N', code: 'WH-S', ...place, type: 'shed' });
    expect([shed.status, shed.body.errors[0]?.pointer]).toEqual([400, '/type']);
    for (const type of ['warehouse', 'store', 'distribution_center'])
      expect((await made({ code: `WH-${type}`, type })).type).toBe(type);
  });

  it('are found, filtered and sorted; salespeople only read them', async () => {
    const closed = await made({ code: 'WH-17', name: 'Pier', city: 'Lyon' });
    expect((await manager.patch(`${path}/${closed.id}`, { isActive: false })).status).toBe(200);
    const codes = async (query: string): Promise<string[]> =>
      (await sales.get<Listed>(`${path}?${query}`)).body.items.map(w => w.code);
    expect(await codes('filter[isActive]=false')).toEqual(['WH-17']);
    expect(await codes('q=lyon')).toEqual(['WH-17']);
    expect(await codes('filter[isActive]=true&limit=100')).not.toContain('WH-17');
    expect((await codes('filter[managerName]=Sales Example'))).toEqual(['WH-14']);
    expect((await sales.post(path, { name: 'N', code: 'WH-X', ...place })).status).toBe(403);
    expect((await sales.patch(`${path}/${closed.id}`, { city: 'Nice' })).status).toBe(403);
  });

  it('stand in the field catalog as their declaration says it', async () => {
    const { body } = await sales.get<{ items: CatalogField[] }>('/api/field-catalog?module=warehouses');
    const of = (view: string, field: string) => body.items.find(f => f.view === view && f.field === field);
    expect(of('create', 'type')).toMatchObject({ label: 'Type', kind: 'choice', required: false });
    expect(of('create', 'type')!.options).toEqual(['warehouse', 'store', 'distribution_center']);
    expect(of('create', 'city')).toMatchObject({ label: 'City', kind: 'text', required: true, number: '11.02.011' });
    expect(of('list', 'managerName')).toMatchObject({ label: 'Manager', kind: 'text' });
    expect(of('detail', 'managerId')).toMatchObject({ kind: 'user' });
    expect(of('create', 'customFields')).toBeUndefined();
  });
});
