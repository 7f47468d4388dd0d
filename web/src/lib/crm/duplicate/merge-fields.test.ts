import { expect, it } from '@jest/globals';
import { customCatalog } from '#domain/crm/custom/custom-catalog.ts';
import { contacts } from '#domain/crm/contact.ts';
import type { Row } from '../crm-module.ts';
import { askedFields, fieldsToChoose, keptFrom } from './merge-fields.ts';

const region = {
  key: 'region', label: 'Region', type: 'text' as const, required: false, options: [], section: 'More', active: true,
};
const module = { record: contacts, catalog: customCatalog('contact', [region]) };
const emails = [{ type: 'home', value: 'a@b.example' }];
const rows: Row[] = [
  { id: 'a', version: 1, firstName: 'Ann', emails, customFields: { region: 'North' } },
  { id: 'b', version: 1, firstName: 'Ann', emails, customFields: { region: 'South' } },
];

it('fields that were given stand among those to choose from', () => {
  const [line, ...rest] = fieldsToChoose(module, rows);
  expect([line, rest]).toMatchObject([{ field: 'customFields.region', label: 'Region', united: false }, []]);
  expect(line!.texts).toEqual({ a: 'North', b: 'South' });
  expect([keptFrom(line!, 'a', {}), keptFrom(line!, 'a', { 'customFields.region': 'b' })]).toEqual(['a', 'b']);
});

it('a list that is too long together is asked for, also where both have the same, and nothing is chosen before', () => {
  const asked = askedFields({ 'choices.emails': 'would be 21', 'choices.firstName': 'x', 'mergedIds.0': 'x' });
  expect(asked).toEqual(['emails']);
  const line = fieldsToChoose(module, rows, new Set(asked)).find(({ field }) => field === 'emails')!;
  expect(line).toMatchObject({ united: false, asked: true, note: 'Too many to keep all' });
  expect([keptFrom(line, 'a', {}), keptFrom(line, 'a', { emails: 'b' })]).toEqual([null, 'b']);
});
