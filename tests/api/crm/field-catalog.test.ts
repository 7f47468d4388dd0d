import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { catalogued } from '../../../api/catalogued.ts';
import { fieldRecords, type CatalogField } from '../../../domain/crm/field-catalog.ts';
import { bootApp, type App } from '../../kit/app.ts';

let app: App;
beforeAll(async () => {
  app = await bootApp({ worker: false });
});
afterAll(() => app?.stop());

it('[CRM-046] the field catalog is read by module, with number, label, rule and view of each field', async () => {
  const readonly = await app.as('readonly');
  const { status, body } = await readonly.get<{ items: CatalogField[] }>('/api/field-catalog?module=accounts');
  expect(status).toBe(200);
  const numbers = body.items.map(f => f.number);
  const wanted = (view: string, last: number): string[] =>
    Array.from({ length: last + 1 }, (_, n) => `${view}.${String(n).padStart(3, '0')}`);
  expect(numbers).toEqual(expect.arrayContaining([...wanted('01.01', 8), ...wanted('01.02', 20)]));
  expect(body.items.find(f => f.number === '01.02.001')).toMatchObject({
    module: 'accounts', view: 'create', label: 'Account name', field: 'accountName', required: true,
    rule: 'at most 255 characters',
  });
});

it('[CRM-046] the fields of a type of record are read by its name, as those of tasks and interactions', async () => {
  const readonly = await app.as('readonly');
  for (const [type, module, field, required] of [
    ['account', 'accounts', 'accountName', ['accountName', 'accountTypeId', 'accountOwner']],
    ['task', 'tasks', 'title', ['title']], ['interaction', 'interactions', 'subject', ['type', 'subject']],
    ['group', 'groups', 'groupName', ['groupName']], ['ticket', 'tickets', 'issue', ['issue', 'assigneeId']],
  ] as const) {
    const { status, body } = await readonly.get<{ items: CatalogField[] }>(`/api/fields/${type}`);
    expect([status, ...new Set(body.items.map(f => f.module))]).toEqual([200, module]);
    expect(body.items.filter(f => f.required).map(f => f.field)).toEqual(required);
    const views = body.items.filter(f => f.field === field).map(f => f.view);
    expect(views).toEqual(expect.arrayContaining(['list', 'create', 'detail']));
  }
});

it('[CRM-046] each record with a catalog is asked by its name, and numbers its fields as no other does', () => {
  const of = [...catalogued.values()];
  expect(of.map(({ record }) => record.name).filter(name => !fieldRecords.some(known => known === name))).toEqual([]);
  const numbers = of.map(({ catalog }) => catalog[0]?.number.split('.')[0]);
  expect(numbers).toEqual([...new Set(numbers)]);
});
