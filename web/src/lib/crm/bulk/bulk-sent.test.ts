import { expect, it } from '@jest/globals';
import { accountCatalog } from '#domain/crm/account-catalog.ts';
import { accounts } from '#domain/crm/account.ts';
import { customCatalog } from '#domain/crm/custom/custom-catalog.ts';
import { canBeEmpty } from '../record-values.ts';
import type { ListModule } from '../crm-module.ts';
import { bulkFields, changeSent } from './bulk-sent.ts';

const region = {
  key: 'region', label: 'Region', type: 'select' as const, required: false, options: ['North'], section: 'Sales',
  active: true,
};
const module = {
  record: accounts, title: 'accountName',
  catalog: [...accountCatalog, ...customCatalog('account', [region, { ...region, key: 'tier', required: true }])],
} as Partial<ListModule> as ListModule;

it('fields of an administrator are given to many records as built-in ones are; the name of a record is its own', () => {
  const names = bulkFields(module).map(f => f.field);
  expect(names).toEqual(expect.arrayContaining(['industry', 'customFields.region']));
  expect(names).not.toContain('accountName');
  const draft = { ownerId: '', groupId: '', tags: '' };
  const fields = { 'industry': 'Food', 'customFields.region': 'North', 'customFields.tier': '' };
  expect(changeSent(module, 'update', { ...draft, fields })).toEqual({
    fields: { industry: 'Food', customFields: { region: 'North', tier: null } },
  });
});

it('a field can be emptied where its record can be without it', () => {
  const emptied = bulkFields(module).filter(f => canBeEmpty(module, f)).map(f => f.field);
  expect(emptied).toEqual(expect.arrayContaining(['industry', 'customFields.region']));
  for (const name of ['status', 'active', 'customFields.tier']) expect(emptied).not.toContain(name);
});
