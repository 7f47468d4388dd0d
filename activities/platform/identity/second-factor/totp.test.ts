import { describe, expect, it } from '@jest/globals';
import { recoveryCodesOf, recoveryHashOf, secretOf, stepOf, uriOf } from './totp.ts';

/** The secret and the last six digits of the table in RFC 6238, appendix B. */
const rfc = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

describe('[PLT-025] a code of an authenticator app', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('is the one of the standard at %i seconds', (seconds, code) => {
    expect(stepOf(rfc, code, seconds * 1000)).toBe(Math.floor(seconds / 30));
  });

  it('is good half a minute early or late, and names its own step', () => {
    const step = Math.floor(1_234_567_890 / 30);
    for (const off of [-30, 0, 30]) expect(stepOf(rfc, '005924', (1_234_567_890 + off) * 1000)).toBe(step);
    for (const off of [-90, 90]) expect(stepOf(rfc, '005924', (1_234_567_890 + off) * 1000)).toBeNull();
  });

  it.each(['', '28708', '2870822', '28708a', ' 287082'])('is six digits, not "%s"', code => {
    expect(stepOf(rfc, code, 59_000)).toBeNull();
  });
});

it('[PLT-025] a seed gives one secret and ten different recovery codes, another seed others', () => {
  expect(secretOf('a')).toBe(secretOf('a'));
  expect(secretOf('a')).not.toBe(secretOf('b'));
  expect(secretOf('a')).toMatch(/^[A-Z2-7]{32}$/);
  const codes = recoveryCodesOf('a');
  expect(new Set([...codes, ...recoveryCodesOf('b')]).size).toBe(20);
  for (const code of codes) expect(code).toMatch(/^([a-z2-9]{4}-){3}[a-z2-9]{4}$/);
  expect(recoveryHashOf(` ${codes[0]!.toUpperCase()} `)).toBe(recoveryHashOf(codes[0]!.replaceAll('-', '')));
  expect(uriOf(secretOf('a'), 'dana@demo')).toMatch(/^otpauth:\/\/totp\/Throughline:dana%40demo\?.*secret=/);
});
