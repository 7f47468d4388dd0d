import { expect, it } from '@jest/globals';
import { accountCatalog } from '#domain/crm/account-catalog.ts';
import { accounts } from '#domain/crm/account.ts';
import { opportunityCatalog } from '#domain/crm/opportunity-catalog.ts';
import { opportunities } from '#domain/crm/opportunity.ts';
import { readTree } from '#domain/platform/table/filter-tree.ts';
import type { Icon } from '#lib/ui/icon.ts';
import type { ListModule } from './crm-module.ts';
import { builderFields, chipValues, conditionNames, escaped, filterFields, listQueryOf } from './record-query.ts';
import { withoutGone } from './custom/gone-fields.ts';
import { editedBy, tableColumns } from './record-columns.ts';

const module: ListModule = {
  record: accounts, catalog: accountCatalog, noun: 'account', plural: 'accounts', pageType: 'accounts',
  heading: 'Accounts', href: '/accounts', icon: undefined as unknown as Icon, title: 'accountName', about: '',
  follows: [], chips: ['industry'],
};
const address = (params: Record<string, string>) => ({
  pathname: '/accounts', searchParams: new URLSearchParams(params),
});

it('values with commas stay apart, and stand beside what the builder says', () => {
  const industry = ['Food, wine', '100% juice'].map(escaped).join(',');
  const where = '{"any":[{"field":"phone","op":"empty","value":"true"}]}';
  const url = address({ industry, status: 'active,prospect', where });
  const chip = filterFields(module).find(f => f.name === 'industry')!;
  expect(chipValues(url, chip)).toEqual(['Food, wine', '100% juice']);
  const query = listQueryOf(module, url);
  expect(query.filter).toEqual({ status: { in: 'active,prospect' } });
  expect(readTree(query.where!)).toEqual({
    tree: {
      all: [
        { field: 'industry', op: 'in', values: ['Food, wine', '100% juice'] },
        { any: [{ field: 'phone', op: 'empty', values: ['true'] }] },
      ],
    },
  });
  expect(readTree(listQueryOf(module, address({ industry, where: '{' })).where!)).toHaveProperty('fault');
});

it('an order and conditions by a field that was switched off are left out, those by others stay; it is said', () => {
  const of = (name: string) => ({ field: name, op: 'eq', value: 'x' });
  const [region, phone] = [of('customFields.region'), of('phone')];
  const asked = (where: object, sort = '-customFields.region,accountName', more = {}) =>
    address({ sort, where: JSON.stringify(where), ...more });
  const known = { ...module, knowsCustom: true };
  const url = asked({ all: [phone, { any: [region, { all: [of('customFields.tier')] }] }] });
  expect(listQueryOf(known, url)).toMatchObject({ sort: 'accountName', where: JSON.stringify({ all: [phone] }) });
  expect(withoutGone(known, url).gone).toEqual(['region', 'tier']);
  const all = withoutGone(known, asked({ any: [region] }, 'customFields.region', { 'customFields.tier': 'Gold' }));
  expect(all).toMatchObject({
    sort: null, where: null, gone: ['region', 'tier'],
    params: { 'sort': null, 'where': null, 'customFields.tier': null },
  });
  const { catalog } = module;
  const inUse = { ...known, catalog: [...catalog, { ...catalog[0]!, field: 'customFields.region' }] };
  expect(listQueryOf(inUse, asked({ any: [region] }))).toMatchObject({ sort: '-customFields.region,accountName' });
  // Nobody knows yet which there are.
  expect(withoutGone(module, url)).toMatchObject({ gone: [], sort: '-customFields.region,accountName' });
});

it('what is kept of an address, and what conditions can be about', () => {
  expect(conditionNames(module)).toEqual(expect.arrayContaining(['industry', 'status', 'accountOwner', 'where']));
  const fields = builderFields(module);
  expect(new Set(fields.map(f => f.label)).size).toBe(fields.length);
  expect(fields.find(f => f.name === 'createdAt')?.kind).toBe('day');
  const sold = builderFields({ ...module, catalog: opportunityCatalog });
  const kinds = Object.fromEntries(sold.map(f => [f.name, f.kind]));
  expect(kinds).toMatchObject({ value: 'amount', probability: 'number', orderIdHouse: 'text' });
});

it('a table offers every field of the catalog once, and shows those of the list', () => {
  const columns = tableColumns(module).map(c => c.column);
  expect(new Set(columns.map(c => c.label)).size).toBe(columns.length);
  expect(columns.filter(c => !c.optional).map(c => c.key)).toEqual([
    'accountName', 'accountLegalName', 'accountType', 'owner', 'shippingCity', 'shippingState', 'contactCount',
    'active',
  ]);
  expect(columns.find(c => c.key === 'industry')).toMatchObject({ optional: true, sort: true });
});

it('what is changed in the cells of a column: its field, or the id whose name it shows', () => {
  const edited = (of: ListModule): Record<string, string | null> =>
    Object.fromEntries(tableColumns(of).map(({ column, field }) => [column.key, editedBy(of, field)?.field ?? null]));
  const sold = { ...module, record: opportunities, catalog: opportunityCatalog, title: 'opportunityName' };
  expect(edited(sold)).toMatchObject({
    opportunityName: null, account: 'accountId', stageName: 'stage', value: 'value', weightedValue: null,
    expectedCloseDate: 'expectedCloseDate', owner: 'ownerId', probability: 'probability', source: 'source',
    description: 'description', createdAt: null, createdBy: null,
  });
  expect(edited(module)).toMatchObject({
    accountName: null, accountType: 'accountTypeId', owner: 'accountOwner', contactCount: null, status: 'status',
  });
});
