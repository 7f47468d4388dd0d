import { expect, it } from '@jest/globals';
import type { Refusal } from '../../domain/platform/errors.ts';
import { assertStorable } from './storable.ts';

const refusal = (input: unknown, at: '' | '?' | ':' = ''): string | undefined => {
  try {
    assertStorable(input, at);
    return undefined;
  } catch (e) {
    return (e as Refusal).details.fields?.[0]?.pointer ?? (e as Refusal).code;
  }
};

it.each<[unknown, string | undefined]>([
  [{ name: 'a\0b' }, '/name'],
  [{ tags: ['a', { b: 'half \ud800' }] }, '/tags/1/b'],
  [{ meta: { 'a\0': 1 } }, '/meta'],
  [{ name: 'Ünïcödé 🎉 \t\n', n: 1, empty: null, list: [] }, undefined],
  [undefined, undefined],
  [7, undefined],
])('[PLT-048] %j is refused at %s', (input, pointer) => expect(refusal(input)).toBe(pointer));

it('names query parameters, and finds no record of an unstorable id', () => {
  expect(refusal({ filter: { name: '\0' } }, '?')).toBe('?filter.name');
  expect(refusal({ id: '\0' }, ':')).toBe('not-found');
});

it('is nested only so deep', () => {
  const deep = JSON.parse('['.repeat(100_000) + '"x"' + ']'.repeat(100_000)) as unknown;
  expect(refusal(deep)).toBe('/0'.repeat(50));
});
