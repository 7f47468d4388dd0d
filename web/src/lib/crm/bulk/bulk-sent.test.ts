import { expect, it } from '@jest/globals';
import { accountCatalog } from '#domain/crm/account-catalog.ts';
import { accounts } from '#domain/crm/account.ts';
import { contactCatalog } from '#domain/crm/contact-catalog.ts';
import { contacts } from '#domain/crm/contact.ts';
import { customCatalog } from '#domain/crm/custom/custom-catalog.ts';
import { opportunityCatalog } from '#domain/crm/opportunity-catalog.ts';
import { opportunities } from '#domain/crm/opportunity.ts';
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

it.each([
  ['contact', contacts, contactCatalog, ['status', 'source', 'department', 'addressLine1', 'city', 'accountId']],
  ['account', accounts, accountCatalog, ['status', 'sector', 'active', 'billingCity', 'accountTypeId']],
  ['opportunity', opportunities, opportunityCatalog, ['value', 'probability', 'expectedCloseDate', 'source']],
] as const)('of an %s is offered what one is given on its page, once, and nothing that is made', (...given) => {
  const [, record, catalog, some] = given;
  const names = bulkFields({ ...module, record, catalog, title: record.title }).map(f => f.field!);
  expect(names).toEqual(expect.arrayContaining([...some]));
  expect(new Set(names).size).toBe(names.length);
  const onPage = catalog.flatMap(f => (f.view === 'detail' && f.field! in record.Patch.shape ? [f.field!] : []));
  const own = [record.title, 'firstName', 'lastName', 'version'];
  expect(onPage.filter(name => !names.includes(name) && !own.includes(name))).toEqual([]);
  expect(names.filter(name => !(name in record.Patch.shape))).toEqual([]);
});

it('a field can be emptied where its record can be without it', () => {
  const emptied = bulkFields(module).filter(f => canBeEmpty(module, f)).map(f => f.field);
  expect(emptied).toEqual(expect.arrayContaining(['industry', 'customFields.region']));
  for (const name of ['status', 'active', 'customFields.tier']) expect(emptied).not.toContain(name);
});
