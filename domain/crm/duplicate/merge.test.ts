import { describe, expect, it } from '@jest/globals';
import { mergedValues, whyNotChoose } from './merge.ts';
import { mergedReach, type MergedContact } from './merged-contact.ts';

const fields = ['name', 'title', 'tags', 'emails', 'isPrincipal', 'parentAccountId', 'customFields'];
const kept = {
  id: 'a', name: 'Acme', title: null, tags: ['vip'], emails: null, isPrincipal: false, parentAccountId: null,
  customFields: { size: 1 },
};
const gone = {
  id: 'b', name: 'ACME', title: '', tags: ['fair', 'vip'], emails: [{ type: 'home', value: 'a@b.example' }],
  isPrincipal: true, parentAccountId: 'x', customFields: { size: 2, color: 'red' },
};
const third = { ...gone, id: 'c', title: 'CTO' };

it('the one that stays keeps what it has, and takes what it lacks from the first that has it', () => {
  expect(mergedValues(fields, kept, [gone, third], {})).toEqual({
    name: 'Acme', title: 'CTO', tags: ['vip', 'fair'], emails: [{ type: 'home', value: 'a@b.example' }],
    isPrincipal: true, parentAccountId: null, customFields: { size: 1, color: 'red' },
  });
});

it('what is chosen wins, also where it is nothing', () => {
  expect(mergedValues(fields, kept, [gone, third], { name: 'b', title: 'a', tags: 'b', parentAccountId: 'c' }))
    .toMatchObject({ name: 'ACME', title: null, tags: ['fair', 'vip'], parentAccountId: 'x' });
});

it('fields that were given are chosen one by one, also where one has nothing', () => {
  const held = (choices: Record<string, string>) => mergedValues(fields, kept, [gone], choices)['customFields'];
  expect(held({ 'customFields.size': 'b' })).toEqual({ size: 2, color: 'red' });
  expect(held({ 'customFields.color': 'a' })).toEqual({ size: 1, color: null });
  expect(held({ 'customFields': 'b', 'customFields.size': 'a' })).toEqual({ size: 1, color: 'red' });
  expect(whyNotChoose(fields, ['a'], { 'customFields.moon': 'a' })?.field).toBe('customFields.moon');
});

it('only fields of the record are chosen, and only values of those that are merged', () => {
  expect(whyNotChoose(fields, ['a', 'b'], { name: 'b' })).toBeUndefined();
  expect(whyNotChoose(fields, ['a', 'b'], { leadScore: 'b' })?.field).toBe('leadScore');
  expect(whyNotChoose(fields, ['a', 'b'], { name: 'c' })?.field).toBe('name');
});

describe('addresses and numbers of contacts that are one', () => {
  const fields = ['emailAddress', 'workPhone', 'extension', 'mobile', 'emails', 'phones'];
  const person = (id: string, values: object, country: string | null = null): MergedContact =>
    ({ id, country, values: { emails: null, phones: null, extension: null, ...values } });
  const united = (of: MergedContact[], choices: Record<string, string> = {}): object => {
    const [kept, ...others] = of.map(({ id, values }) => ({ ...values, id }));
    return mergedReach(mergedValues(fields, kept!, others, choices), of, choices);
  };

  it('the same line, and an address in other letters, is not kept twice', () => {
    const kept = person('a', { emailAddress: 'Ann@acme.example', mobile: '415-555-0100' }, 'United States');
    const gone = person('b', {
      emailAddress: 'ann@ACME.example', mobile: '415-555-0100', phones: [{ type: 'work', value: '+14155550100' }],
    }, 'United States');
    expect(united([kept, gone])).toEqual({ extension: null, emails: null, phones: null });
    expect(united([kept, gone, person('c', { mobile: '415-555-0101' })]))
      .toMatchObject({ phones: [{ type: 'mobile', value: '415-555-0101' }] });
  });

  it('an extension goes with its number, and one of a number that both have is not lost', () => {
    const [kept, gone, other] = [
      person('a', { workPhone: '415-555-0100', extension: '1' }),
      person('b', { workPhone: '415-555-0100', extension: '2' }), person('a', { workPhone: '415-555-0199' }),
    ];
    const second = [{ type: 'work ext. 2', value: '415-555-0100' }];
    expect(united([kept, gone])).toEqual({ extension: '1', emails: null, phones: second });
    expect(united([other, gone])).toEqual({ extension: null, emails: null, phones: second });
    expect(united([other, gone], { workPhone: 'b' }))
      .toEqual({ extension: '2', emails: null, phones: [{ type: 'work', value: '415-555-0199' }] });
  });

  it('who chooses a list has said what it holds', () => {
    expect(united([person('a', { mobile: '1' }), person('b', { mobile: '2' })], { phones: 'b' }))
      .toEqual({ extension: null, emails: null });
  });
});
