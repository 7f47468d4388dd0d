import { expect, it } from '@jest/globals';
import { mergedValues, whyNotChoose } from './merge.ts';

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

it('only fields of the record are chosen, and only values of those that are merged', () => {
  expect(whyNotChoose(fields, ['a', 'b'], { name: 'b' })).toBeUndefined();
  expect(whyNotChoose(fields, ['a', 'b'], { leadScore: 'b' })?.field).toBe('leadScore');
  expect(whyNotChoose(fields, ['a', 'b'], { name: 'c' })?.field).toBe('name');
});
