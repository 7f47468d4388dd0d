import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { ProductCategory } from '../../../domain/inventory/product-category.ts';
import type { Product } from '../../../domain/inventory/product.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';

const path = '/api/inventory/product-categories', productPath = '/api/inventory/products';
interface Listed<T> {
  items: T[];
}
let app: App, admin: Client, manager: Client, sales: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  [admin, manager, sales] = await Promise.all([app.as('admin'), app.as('manager'), app.as('sales')]);
});
afterAll(() => app?.stop());

async function made(category: string, more: object = {}): Promise<Product> {
  const about = { name: 'Valve', costPrice: 1, salePrice: 2, category };
  const answer = await manager.post<Product>(productPath, { ...about, ...more });
  expect([answer.status, answer.body]).toEqual([201, expect.anything()]);
  return answer.body;
}
const named = async (name: string): Promise<ProductCategory> =>
  (await sales.get<Listed<ProductCategory>>(`${path}?q=${encodeURIComponent(name)}`)).body.items[0]!;
const read = async (id: string): Promise<Product> => (await sales.get<Product>(`${productPath}/${id}`)).body;
const listed = async (query: string): Promise<string[]> =>
  (await sales.get<Listed<Product>>(`${productPath}?${query}`)).body.items.map(p => p.id);

it('a word that is no category yet becomes one; a new name shows on its products, either is taken', async () => {
  const first = await made('Racks, tall');
  expect(first).toMatchObject({ category: 'Racks, tall', categoryName: 'Racks, tall' });
  const category = await named('Racks');
  expect(category).toMatchObject({ key: 'Racks, tall', name: 'Racks, tall', active: true, productCount: 1 });
  const renamed = await admin.patch<ProductCategory>(`${path}/${category.id}`, { name: 'Shelves' });
  expect([renamed.status, renamed.body]).toMatchObject([200, { key: 'Racks, tall', name: 'Shelves' }]);
  expect(await read(first.id)).toMatchObject({ category: 'Racks, tall', categoryName: 'Shelves', version: 1 });
  const others = [await made('SHELVES'), await made('racks, tall')];
  expect(others.map(p => p.category)).toEqual(['Racks, tall', 'Racks, tall']);
  const ids = [first.id, ...others.map(p => p.id)].sort();
  expect((await listed('filter[categoryName]=Shelves')).sort()).toEqual(ids);
  const where = JSON.stringify({ all: [{ field: 'category', op: 'in', value: ['Racks, tall'] }] });
  expect((await listed(`where=${encodeURIComponent(where)}`)).sort()).toEqual(ids);
  const { body } = await sales.get('/api/field-catalog/products/values/category');
  expect(body).toEqual({ values: [{ value: 'Racks, tall', label: 'Shelves', count: 3 }] });
  const found = await sales.get<Listed<{ hint: string }>>('/api/search?q=valve');
  expect(JSON.stringify(found.body)).toContain('Shelves');
  const catalog = await sales.get<Listed<Product>>('/api/products?filter[categoryName]=Shelves');
  expect(catalog.body.items).toHaveLength(3);
});

it('products are sorted by what their category is called now, those without one apart', async () => {
  const [a, b] = [await made('Zinc'), await made('Ale')];
  const none = await manager.post<Product>(productPath, { name: 'Valve', costPrice: 1, salePrice: 2 });
  expect(none.body).toMatchObject({ category: null, categoryName: null });
  await admin.patch(`${path}/${(await named('Zinc')).id}`, { name: 'Aaa' });
  const order = await listed('sort=categoryName&pageSize=100');
  expect(order.indexOf(a.id)).toBeLessThan(order.indexOf(b.id));
  expect((await manager.patch<Product>(`${productPath}/${a.id}`, { category: null })).body.categoryName).toBeNull();
});

it('one that is retired stays where it is, and is taken for no product any more', async () => {
  const old = await made('Fax');
  const { id } = await named('Fax');
  expect((await admin.patch(`${path}/${id}`, { active: false })).status).toBe(200);
  const about = { name: 'V', costPrice: 1, salePrice: 1, category: 'fax' };
  const refused = await manager.post<ProblemBody>(productPath, about);
  expect([refused.status, refused.body.errors[0]]).toMatchObject(
    [400, { pointer: '/category', message: 'Fax is not in use any more' }],
  );
  const kept = await manager.patch<Product>(`${productPath}/${old.id}`, { brand: 'Old', category: 'Fax' });
  expect([kept.status, kept.body]).toMatchObject([200, { category: 'Fax', brand: 'Old' }]);
  const used = await admin.delete<ProblemBody>(`${path}/${id}`);
  expect([used.status, used.body.detail]).toEqual([409, 'Fax is the category of 1 product, deleted ones counted']);
  await manager.patch(`${productPath}/${old.id}`, { category: null });
  expect((await admin.delete(`${path}/${id}`)).status).toBe(204);
  await made('Fax');
  const back = await admin.post<ProblemBody>(`${path}/${id}/restore`);
  expect([back.status, back.body.detail]).toEqual([409, 'There is a category of this name']);
});

it('names are told apart, also by two at once; administrators alone change them', async () => {
  await made('Pumps');
  const { id } = await named('Pumps');
  const taken = (await admin.post<ProblemBody>(path, { name: 'pumps' })).body.errors[0];
  expect(taken).toMatchObject({ pointer: '/name', message: 'There is a category of this name' });
  await admin.patch(`${path}/${id}`, { name: 'Movers' });
  expect((await admin.post<ProblemBody>(path, { name: 'Pumps' })).body.errors[0]!.message)
    .toBe('“Movers” was called so first, and products know it by that');
  expect((await admin.post<ProblemBody>(path, { name: ' ' })).body.errors[0]!.pointer).toBe('/name');
  const twins = await Promise.all([1, 2, 3, 4].map(i => made(i % 2 ? 'Twin' : 'TWIN')));
  expect(new Set(twins.map(p => p.category)).size).toBe(1);
  expect((await manager.patch(`${path}/${id}`, { name: 'Mine' })).status).toBe(403);
  expect((await sales.post(path, { name: 'Mine' })).status).toBe(403);
  expect((await manager.post(path, { name: 'Ours' })).status).toBe(201);
});
