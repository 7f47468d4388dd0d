import { expect, it } from '@jest/globals';
import { expiryOf, keyQuery, keyStanding, type KeyRow } from './key-words.ts';

const now = Date.parse('2026-11-24T09:00:00Z');
it.each([
  ['active', { revokedAt: null, expiresAt: null }],
  ['active', { revokedAt: null, expiresAt: '2026-11-24T09:00:01Z' }],
  ['expired', { revokedAt: null, expiresAt: '2026-11-24T09:00:00Z' }],
  ['revoked', { revokedAt: '2026-11-01T09:00:00Z', expiresAt: '2026-11-02T09:00:00Z' }],
])('a key is %s', (text, key) => {
  expect(keyStanding(key as KeyRow, now)).toBe(text);
});

it('the list shows the active ones, unless the address says otherwise', () => {
  const at = (query: string) => ({ pathname: '/', searchParams: new URLSearchParams(query) });
  expect(keyQuery(at(''), 'me').filter).toEqual({ userId: 'me', active: 'true' });
  expect(keyQuery(at('state=ended&user=ann'), null).filter).toEqual({ userId: 'ann', active: 'false' });
  expect(keyQuery(at('state=all'), null).filter).toEqual({});
});

it('a lifetime becomes an instant', () => {
  expect([expiryOf('7', now), expiryOf('never', now)]).toEqual(['2026-12-01T09:00:00.000Z', undefined]);
});
