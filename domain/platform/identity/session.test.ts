import { describe, expect, it } from '@jest/globals';
import { lockMinutes, tryToSignIn, type SignInFacts } from './session.ts';

const now = Date.parse('2026-11-24T09:00:00Z'),
  lock = lockMinutes * 60_000;
const fresh: SignInFacts = { active: true, failedSignIns: 0, lockedUntil: null };

describe('[PLT-028] an attempt to sign in', () => {
  it.each<[string, Partial<SignInFacts>, boolean, Partial<SignInFacts> & { accepted: boolean }]>([
    ['right', { failedSignIns: 9 }, true, { accepted: true, failedSignIns: 0 }],
    ['wrong once', {}, false, { accepted: false, failedSignIns: 1, lockedUntil: null }],
    [
      'wrong the tenth time',
      { failedSignIns: 9 },
      false,
      { accepted: false, failedSignIns: 0, lockedUntil: now + lock },
    ],
    ['right while locked', { lockedUntil: now + 1 }, true, { accepted: false, lockedUntil: now + 1 }],
    [
      'wrong while locked',
      { lockedUntil: now + 1 },
      false,
      { accepted: false, failedSignIns: 0, lockedUntil: now + 1 },
    ],
    ['right after the lock', { lockedUntil: now }, true, { accepted: true, lockedUntil: null }],
    ['wrong after the lock', { lockedUntil: now }, false, { accepted: false, failedSignIns: 1, lockedUntil: null }],
    ['right but inactive', { active: false }, true, { accepted: false, failedSignIns: 0 }],
  ])('%s', (_, facts, proven, outcome) => {
    expect(tryToSignIn({ ...fresh, ...facts }, proven, now)).toMatchObject(outcome);
  });
});
