import { expect, it, test } from '@jest/globals';
import { opportunityCatalog } from '#domain/crm/opportunity-catalog.ts';
import { opportunities } from '#domain/crm/opportunity.ts';
import { products } from '#domain/inventory/product.ts';
import { shapeErrors } from '#lib/platform/form/shape-errors.ts';
import { faultsText, formValues, isChanged, sentFields } from './record-values.ts';

const fields = [
  { field: 'industry', kind: 'text' }, { field: 'active', kind: 'boolean' }, { field: 'tags', kind: 'words' },
] as const;

it('a form holds what people type, and sends what the API takes', () => {
  const values = formValues(fields, { industry: null, active: true, tags: ['vip', 'eu'] });
  expect(values).toEqual({ industry: '', active: true, tags: 'vip, eu' });
  expect(sentFields(fields, values)).toEqual({ active: true, tags: ['vip', 'eu'] });
});

it('a change sends what differs alone, and an emptied field as empty', () => {
  expect(sentFields(fields, { industry: ' ', active: false, tags: '' }, ['industry', 'tags'])).toEqual({
    industry: null, tags: [],
  });
});

it('amounts, days and shares are typed as people write them', () => {
  const sale = [
    { field: 'value', kind: 'cents' }, { field: 'closes', kind: 'day' }, { field: 'share', kind: 'percent' },
  ] as const;
  const values = formValues(sale, { value: 123_450, closes: '2027-05-20T00:00:00.000Z', share: 40 });
  expect(values).toEqual({ value: '1234.50', closes: '2027-05-20', share: '40' });
  expect(sentFields(sale, values)).toEqual({ value: 123_450, closes: '2027-05-20', share: 40 });
});

it('[CRM-068] of an amount that is none it is said how one is typed', () => {
  const sent = sentFields([{ field: 'value', kind: 'cents' }], { value: '12,5x' });
  expect(shapeErrors(opportunities.Patch, sent)).toEqual({ value: 'must be an amount, such as 1250.50' });
  expect(shapeErrors(products.create, { name: 'Valve' })).toMatchObject({ costPrice: 'is required' });
});

it('a day that was not changed is none, however it is written', () => {
  const day = { field: 'closes', kind: 'day' } as const;
  expect(isChanged(day, '2027-05-20', '2027-05-20T00:00:00.000Z')).toBe(false);
  expect([isChanged(day, '2027-05-21', '2027-05-20'), isChanged(day, null, '2027-05-20'), isChanged(day, null, null)])
    .toEqual([true, true, false]);
});

test.each([
  ['percent', 12.5, '12.5', false], ['percent', 12.5, '12.50', false], ['percent', 12.5, '12.4', true],
  ['percent', null, '0', true], ['number', 0, null, true], ['number', null, null, false], ['number', 'x', 12, true],
  ['words', [], null, false], ['words', ['a'], null, true], ['words', ['a'], ['a'], false],
  ['choices', [], ['a'], true],
  ['typed', null, [], false], ['typed', [{ type: 'home', value: '1' }], [{ type: 'home', value: '2' }], true],
  ['boolean', false, null, false], ['boolean', true, null, true], ['cents', 125_000, 125_000, false],
  ['text', 'a', 'b', true], ['text', null, null, false],
] as const)('of %s, %p over %p is a change: %p', (kind, sent, held, changed) =>
  expect(isChanged({ field: 'f', kind }, sent, held)).toBe(changed));

it('what is wrong is said with the names that people know', () => {
  const faults = {
    orderIdHouse: 'is needed in the stage Won', lostReason: 'A lost opportunity says why', other: 'is odd',
  };
  expect(faultsText(opportunityCatalog, faults)).toBe(
    'House order id is needed in the stage Won; A lost opportunity says why; other is odd');
});
