import { expect, it } from '@jest/globals';
import { expiryOf, keyLook, keyQuery, type KeyRow } from './key-words.ts';

const now = Date.parse('2026-11-24T09:00:00Z');
it.each([
  ['Active', { revokedAt: null, expiresAt: null }],
  ['Active', { revokedAt: null, expiresAt: '2026-11-24T09:00:01Z' }],
  ['Expired', { revokedAt: null, expiresAt: '2026-11-24T09:00:00Z' }],
  ['Revoked', { revokedAt: '2026-11-01T09:00:00Z', expiresAt: '2026-11-02T09:00:00Z' }],
])('[PLT-027] a key is %s', (text, key) => {
  expect(keyLook(key as KeyRow, now).text).toBe(text);
});

it('[PLT-027] the list shows the active ones, unless the address says otherwise', () => {
  const at = (query: string) => ({ pathname: '/', searchParams: new URLSearchParams(query) });
  expect(keyQuery(at(''), 'me').filter).toEqual({ userId: 'me', active: 'true' });
  expect(keyQuery(at('state=ended&user=ann'), null).filter).toEqual({ userId: 'ann', active: 'false' });
  expect(keyQuery(at('state=all'), null).filter).toEqual({});
});

it('[PLT-027] a lifetime becomes an instant', () => {
  expect([expiryOf('7', now), expiryOf('never', now)]).toEqual(['2026-12-01T09:00:00.000Z', undefined]);
});
